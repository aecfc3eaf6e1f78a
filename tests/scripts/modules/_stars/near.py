print("near is loaded")
distance = 3
