//! The module `time`: clocks, and the calendar in UTC, since scripts do not see the machine's time zone.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use linger_heap::Value;
use num_integer::Integer;

use super::structs;
use super::support::{Table, between, module, none, one, registered};
use crate::objects::{Args, Tuple};
use crate::vm::{Result, Vm};

/// How long a script that the host limits may sleep at once: a game must not stand still.
const LIMITED_SLEEP: Duration = Duration::from_millis(10);

const FIELDS: &[&str] = &[
    "tm_year",
    "tm_mon",
    "tm_mday",
    "tm_hour",
    "tm_min",
    "tm_sec",
    "tm_wday",
    "tm_yday",
    "tm_isdst",
    "tm_zone",
    "tm_gmtoff",
];
pub(super) const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) fn make(vm: &mut Vm) -> Result<Value> {
    let module = module(vm, "time", FUNCTIONS);
    let class = structs::class(vm, "time", "struct_time", FIELDS, 9);
    vm.registry.insert("time.struct_time", class.to_value());
    vm.module_set(&module, "struct_time", class.to_value());
    for name in ["timezone", "altzone", "daylight"] {
        let zero = vm.int(0);
        vm.module_set(&module, name, zero);
    }
    let zones = vm.tuple(vec![vm.str("UTC"), vm.str("UTC")]);
    vm.module_set(&module, "tzname", zones);
    Ok(module)
}

const FUNCTIONS: Table<'static> = &[
    ("asctime", asctime),
    ("ctime", ctime),
    ("gmtime", gmtime),
    ("localtime", |vm, args| zoned(vm, &args, "localtime", "UTC")),
    ("mktime", mktime),
    ("monotonic", perf_counter),
    ("monotonic_ns", perf_counter_ns),
    ("perf_counter", perf_counter),
    ("perf_counter_ns", perf_counter_ns),
    ("process_time", perf_counter),
    ("process_time_ns", perf_counter_ns),
    ("sleep", sleep),
    ("strftime", strftime),
    ("strptime", strptime),
    ("thread_time", perf_counter),
    ("thread_time_ns", perf_counter_ns),
    ("time", time),
    ("time_ns", time_ns),
];

fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

fn time(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    none(vm, &args, "time.time")?;
    Ok(Value::float(now().as_secs_f64()))
}

fn time_ns(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    none(vm, &args, "time.time_ns")?;
    Ok(vm.int(now().as_nanos() as i64))
}

fn perf_counter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    none(vm, &args, "time.perf_counter")?;
    Ok(Value::float(vm.host.start.elapsed().as_secs_f64()))
}

fn perf_counter_ns(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    none(vm, &args, "time.perf_counter_ns")?;
    Ok(vm.int(vm.host.start.elapsed().as_nanos() as i64))
}

fn sleep(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "time.sleep")?;
    let secs = vm.to_f64(value)?;
    if secs < 0.0 {
        return Err(vm.value_error("sleep length must be non-negative"));
    }
    let Ok(mut duration) = Duration::try_from_secs_f64(secs) else {
        return Err(vm.overflow_error("timestamp too large to convert to C _PyTime_t"));
    };
    if vm.config.instruction_limit.is_some() {
        duration = duration.min(LIMITED_SLEEP);
    }
    std::thread::sleep(duration);
    Ok(Value::NONE)
}

/// Days since 1970 of a date (after H. Hinnant's algorithms for the civil calendar).
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted = (month + 9) % 12;
    let day_of_year = (153 * shifted + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The date of a day since 1970.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, day_of_era) = shifted.div_mod_floor(&146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// The nine numbers of `struct_time` for seconds since 1970.
fn broken_down(secs: i64) -> [i64; 9] {
    let (days, second_of_day) = secs.div_mod_floor(&86_400);
    let (year, month, day) = civil_from_days(days);
    let year_day = days - days_from_civil(year, 1, 1) + 1;
    let weekday = (days + 3).rem_euclid(7);
    [year, month, day, second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60, weekday, year_day, 0]
}

/// The seconds that an optional argument names: now if there is none.
fn seconds_argument(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<i64> {
    let values = between(vm, args, name, 0, 1)?;
    match values.first() {
        Some(value) if !value.is_none() => Ok(vm.to_f64(value)?.floor() as i64),
        _ => Ok(now().as_secs() as i64),
    }
}

fn struct_time(vm: &mut Vm, numbers: [i64; 9]) -> Result<Value> {
    let class = registered(vm, "time.struct_time")?;
    let items = numbers.map(|number| vm.int(number)).to_vec();
    structs::object(vm, &class, items)
}

fn gmtime(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    zoned(vm, &args, "gmtime", "GMT")
}

/// The moment of an argument, or now, with the name of the zone: the zone of scripts is UTC.
fn zoned(vm: &mut Vm, args: &Args<'_>, name: &str, zone: &str) -> Result<Value> {
    let secs = seconds_argument(vm, args, name)?;
    let made = struct_time(vm, broken_down(secs))?;
    let (zone, offset) = (vm.str(zone), vm.int(0));
    structs::set_hidden(vm, &made, "tm_zone", zone);
    structs::set_hidden(vm, &made, "tm_gmtoff", offset);
    Ok(made)
}

/// The nine numbers of a tuple that a script gave.
fn numbers(vm: &mut Vm, value: &Value) -> Result<[i64; 9]> {
    let Some(tuple) = vm.native::<Tuple>(value) else {
        return Err(vm.type_error("Tuple or struct_time argument required"));
    };
    let mut numbers = [0; 9];
    if tuple.items.len() < 9 {
        return Err(vm.type_error("function takes exactly 9 arguments"));
    }
    for (number, item) in numbers.iter_mut().zip(tuple.items.iter()) {
        *number = vm.index_i64(item)?;
    }
    Ok(numbers)
}

fn mktime(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "time.mktime")?;
    let [year, month, day, hour, minute, second, ..] = numbers(vm, value)?;
    let months = year * 12 + month - 1;
    let days = days_from_civil(months.div_euclid(12), months.rem_euclid(12) + 1, 1) + day - 1;
    Ok(Value::float((days * 86_400 + hour * 3600 + minute * 60 + second) as f64))
}

/// A date as C's `asctime` writes it.
fn date_text(numbers: [i64; 9]) -> String {
    let [year, month, day, hour, minute, second, weekday, ..] = numbers;
    let weekday = &DAYS[weekday.rem_euclid(7) as usize][..3];
    let month = &MONTHS[(month - 1).rem_euclid(12) as usize][..3];
    format!("{weekday} {month} {day:>2} {hour:02}:{minute:02}:{second:02} {year}")
}

fn asctime(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let values = between(vm, &args, "asctime", 0, 1)?;
    let numbers = match values.first() {
        Some(value) => numbers(vm, value)?,
        None => broken_down(now().as_secs() as i64),
    };
    Ok(vm.str(&date_text(numbers)))
}

fn ctime(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let secs = seconds_argument(vm, &args, "ctime")?;
    Ok(vm.str(&date_text(broken_down(secs))))
}

fn strftime(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let values = between(vm, &args, "strftime", 1, 2)?;
    let Some(format) = vm.text_of(&values[0]) else {
        let name = vm.type_name(&values[0]);
        return Err(vm.type_error(format!("strftime() argument 1 must be str, not {name}")));
    };
    let numbers = match values.get(1) {
        Some(value) => numbers(vm, value)?,
        None => broken_down(now().as_secs() as i64),
    };
    let text = formatted(&format.text, numbers);
    Ok(vm.str(&text))
}

fn strptime(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let values = between(vm, &args, "strptime", 1, 2)?;
    let mut texts = [String::new(), String::from("%a %b %d %H:%M:%S %Y")];
    for (place, value) in texts.iter_mut().zip(values) {
        let Some(text) = vm.text_of(value) else {
            let name = vm.type_name(value);
            return Err(vm.type_error(format!("strptime() argument must be str, not <class '{name}'>")));
        };
        *place = text.text.to_string();
    }
    match super::strptime::read(&texts[0], &texts[1]) {
        Ok(date) => {
            // The last day of February without a year is counted in a year that has it.
            let is_bare_leap_day = (date.year, date.month, date.day) == (1900, 2, 29);
            let counted = if is_bare_leap_day { 1904 } else { date.year };
            let days = days_from_civil(counted, date.month, 1);
            let days = date.year_day.map_or(days + date.day - 1, |day| days_from_civil(counted, 1, 1) + day - 1);
            let [year, month, day, _, _, _, weekday, year_day, _] = broken_down(days * 86_400);
            let year = if is_bare_leap_day { date.year } else { year };
            let [hour, minute, second] = date.time;
            struct_time(vm, [year, month, day, hour, minute, second, date.weekday.unwrap_or(weekday), year_day, -1])
        }
        Err(message) => Err(vm.value_error(message)),
    }
}

/// The year and the week of a day, by weeks that begin on Monday and belong to the year that their Thursday is in.
fn iso_week(year: i64, year_day: i64, weekday: i64) -> (i64, i64) {
    let days_of = |year: i64| days_from_civil(year + 1, 1, 1) - days_from_civil(year, 1, 1);
    let thursday = year_day + 3 - weekday;
    if thursday < 1 {
        (year - 1, (thursday + days_of(year - 1) + 6) / 7)
    } else if thursday > days_of(year) {
        (year + 1, 1)
    } else {
        (year, (thursday + 6) / 7)
    }
}

fn formatted(format: &str, numbers: [i64; 9]) -> String {
    let [year, month, day, hour, minute, second, weekday, year_day, _] = numbers;
    let weekday_name = DAYS[weekday.rem_euclid(7) as usize];
    let month_name = MONTHS[(month - 1).rem_euclid(12) as usize];
    let hour12 = if hour % 12 == 0 { 12 } else { hour % 12 };
    let half = if hour < 12 { "AM" } else { "PM" };
    let mut text = String::new();
    let mut characters = format.chars();
    while let Some(character) = characters.next() {
        if character != '%' {
            text.push(character);
            continue;
        }
        match characters.next() {
            Some('Y') => text += &year.to_string(),
            Some('y') => text += &format!("{:02}", year.rem_euclid(100)),
            Some('C') => text += &format!("{:02}", year.div_euclid(100)),
            Some('m') => text += &format!("{month:02}"),
            Some('d') => text += &format!("{day:02}"),
            Some('e') => text += &format!("{day:>2}"),
            Some('H') => text += &format!("{hour:02}"),
            Some('I') => text += &format!("{hour12:02}"),
            Some('M') => text += &format!("{minute:02}"),
            Some('S') => text += &format!("{second:02}"),
            Some('p') => text += half,
            Some('j') => text += &format!("{year_day:03}"),
            Some('w') => text += &((weekday + 1) % 7).to_string(),
            Some('u') => text += &(weekday + 1).to_string(),
            Some('U') => text += &format!("{:02}", (year_day + 6 - (weekday + 1) % 7) / 7),
            Some('W') => text += &format!("{:02}", (year_day + 6 - weekday) / 7),
            Some('G') => text += &iso_week(year, year_day, weekday).0.to_string(),
            Some('g') => text += &format!("{:02}", iso_week(year, year_day, weekday).0.rem_euclid(100)),
            Some('V') => text += &format!("{:02}", iso_week(year, year_day, weekday).1),
            Some('a') => text += &weekday_name[..3],
            Some('A') => text += weekday_name,
            Some('b' | 'h') => text += &month_name[..3],
            Some('B') => text += month_name,
            Some('c') => text += &date_text(numbers),
            Some('D' | 'x') => text += &format!("{month:02}/{day:02}/{:02}", year.rem_euclid(100)),
            Some('F') => text += &format!("{year}-{month:02}-{day:02}"),
            Some('T' | 'X') => text += &format!("{hour:02}:{minute:02}:{second:02}"),
            Some('R') => text += &format!("{hour:02}:{minute:02}"),
            Some('r') => text += &format!("{hour12:02}:{minute:02}:{second:02} {half}"),
            Some('Z') => text += "UTC",
            Some('z') => text += "+0000",
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('%') | None => text.push('%'),
            Some(other) => {
                text.push('%');
                text.push(other);
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert_eq!(broken_down(0), [1970, 1, 1, 0, 0, 0, 3, 1, 0]);
        assert_eq!(broken_down(951_827_696), [2000, 2, 29, 12, 34, 56, 1, 60, 0]);
        assert_eq!(broken_down(-1), [1969, 12, 31, 23, 59, 59, 2, 365, 0]);
        for days in [-800_000, -1, 0, 59, 60, 11_016, 19_000, 900_000] {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
    }

    #[test]
    fn dates_are_written_as_c_writes_them() {
        let numbers = broken_down(951_827_696);
        assert_eq!(formatted("%Y-%m-%d %H:%M:%S %a %b %j %p %%", numbers), "2000-02-29 12:34:56 Tue Feb 060 PM %");
        assert_eq!(date_text(broken_down(0)), "Thu Jan  1 00:00:00 1970");
    }
}
