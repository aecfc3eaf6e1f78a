"""time: clocks go forward, and the calendar is right."""
import time

a = time.perf_counter()
time.sleep(0.001)
print(time.perf_counter() > a, time.monotonic() <= time.monotonic(), time.time() > 1.6e9, time.time_ns() > 10**18, time.process_time() >= 0)
t = time.gmtime(951827696)
print(tuple(t), t.tm_year, t.tm_yday, time.strftime("%Y-%m-%d %H:%M:%S %a %A %b %B %j %p %I %y %%", t))
print(time.asctime(t), time.gmtime(0).tm_wday, time.struct_time((2020, 1, 2, 3, 4, 5, 6, 7, 0)).tm_mon)
print(t[:3], t == time.gmtime(951827696), len(t))
for call in (lambda: time.sleep(-1), lambda: time.strftime(3)):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
