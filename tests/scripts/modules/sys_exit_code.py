"""sys.exit ends the script with its number."""
import sys

print("before")
sys.exit(3)
print("never")
