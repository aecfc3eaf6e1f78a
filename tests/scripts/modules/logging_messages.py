"""Messages by name and level, to streams."""
import io
import logging
import re
import sys

stream = io.StringIO()
logging.basicConfig(stream=stream, level=logging.DEBUG, format="%(levelname)-8s %(name)s %(funcName)s:%(lineno)d %(module)s %(message)s")
log = logging.getLogger("game.enemies")
above = logging.getLogger("game")
print(log.parent is above, above.parent is logging.root, log, logging.getLogger("game") is above, above.getChild("x").name)
log.debug("one %s and %d", "word", 3)
log.info("named %(a)s", {"a": 1})
log.warning("plain 100%")
above.setLevel("ERROR")
log.info("not told")
log.setLevel(logging.INFO)
log.info("told")
log.log(25, "between")


def inside():
    try:
        1 / 0
    except ZeroDivisionError:
        log.exception("failed")
        log.error("again", exc_info=True)


inside()
print(re.sub(r'File ".*?([^/"]*)"', r'File "\1"', stream.getvalue()))


class Kept(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.records = []

    def emit(self, record):
        self.records.append(self.format(record))


kept = Kept()
kept.setFormatter(logging.Formatter("{levelname:>9}|{message}|{extra_word}", style="{", defaults={"extra_word": "-"}))
other = logging.getLogger("other")
other.propagate = False
other.addHandler(kept)
other.addHandler(kept)
other.info("too little")
other.warning("enough")
other.error("with %s", "more", extra={"extra_word": "here"})
logging.LoggerAdapter(other, {"extra_word": "adapted"}).critical("adapter")
other.addFilter(lambda record: "secret" not in record.getMessage())
other.error("secret")
other.addFilter(logging.Filter("other.below"))
other.error("of another name")
print(kept.records, kept, other.hasHandlers(), other.isEnabledFor(logging.DEBUG), other.getEffectiveLevel())
logging.disable(logging.ERROR)
print(other.isEnabledFor(logging.ERROR), other.isEnabledFor(logging.CRITICAL))
logging.disable(logging.NOTSET)
logging.addLevelName(25, "NOTICE")
print(logging.getLevelName(25), logging.getLevelName("NOTICE"), logging.getLevelName(26), logging.getLevelName("NONE"))
for act in (lambda: other.setLevel("NONE"), lambda: other.setLevel(1.5), lambda: logging.getLogger(3), lambda: other.log("x", 1),
            lambda: logging.Formatter(style="x"), lambda: other.error("x", extra={"name": 1})):
    try:
        act()
    except Exception as e:
        print(type(e).__name__, e)
record = logging.makeLogRecord({"msg": "made %s", "args": ("up",), "created": 0.25, "msecs": 250.0, "levelname": "X"})
print(record.getMessage(), logging.Formatter("%(asctime)s %(message)s").format(record))
print(logging.Formatter("$message at $asctime", "%H:%M", style="$").format(record))
logging.basicConfig(level=logging.CRITICAL, stream=sys.stdout, force=True)
logging.critical("at last")
logging.error("not told")
child = logging.getLogger("a.b.c")
print(child.parent.name)
logging.getLogger("a")
print(child.parent.name, child.parent.parent.name)
logging.getLogger("a.b")
print(child.parent.name, child.parent.parent.name)
