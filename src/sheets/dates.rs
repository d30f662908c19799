//! Dates as spreadsheets write them: `1950-02-11`, or the day first, as `11/02/1950`.
//!
//! Never guesses a century: a year has four digits.

use jiff::civil::Date;

/// Reads a date; nothing when it is none.
pub(super) fn date(text: &str) -> Option<Date> {
    // A spreadsheet may add the midnight that a date begins with.
    let text =
        text.split_once([' ', 'T']).map_or(text, |(day, time)| if time.starts_with("00:00") { day } else { text });
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let &[first, month, last] = parts.as_slice() else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    if year.len() != 4 || [day, month].iter().any(|part| part.is_empty() || part.len() > 2) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_with_the_day_or_the_year_first() {
        for text in
            ["1950-02-11", "11/02/1950", "11/2/1950", "11.02.1950", "11-02-1950", "1950/02/11", "1950-02-11 00:00:00"]
        {
            assert_eq!(date(text).map(|date| date.to_string()).as_deref(), Some("1950-02-11"), "{text}");
        }
        for text in
            ["", "11/02/50", "02/13/1950", "30/02/1950", "1950-02", "11 February 1950", "0/2/1950", "+1/02/1950x"]
        {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
