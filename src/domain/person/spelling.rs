//! One phone, two numbers: Mexico gave up the 1 before its mobiles, Brazil put a 9 before its own, and carriers and WhatsApp
//! still write some of them the old way.
//!
//! Source: Mexico's plan of August 2019 (IFT), Brazil's ninth digit (Anatel, complete in 2016). Never a search through the
//! world's numbering plans: this is asked for each message that comes in.

use super::{Phone, Unreadable};

impl Phone {
    /// Reads a number as a carrier reports it, perhaps without its plus; answers it as it is dialled today.
    ///
    /// # Errors
    /// [`Unreadable`], when it has not the shape of a number.
    pub fn reported(text: &str) -> Result<Self, Unreadable> {
        let text = text.trim();
        let number: Self = if text.starts_with('+') { text.parse() } else { format!("+{text}").parse() }?;
        let [today, _] = number.spellings();
        Ok(today)
    }

    /// As it is dialled today, and as it was before; the same twice where its country changed nothing.
    #[must_use]
    pub fn spellings(&self) -> [Self; 2] {
        let both = mexican(&self.0).or_else(|| brazilian(&self.0));
        both.map_or_else(|| [self.clone(), self.clone()], |both| both.map(Self))
    }
}

/// Ten digits, after a 1 before.
fn mexican(number: &str) -> Option<[String; 2]> {
    let rest = number.strip_prefix("+52")?;
    let digits = match (rest.len(), rest.strip_prefix('1')) {
        (11, Some(digits)) => digits,
        (10, _) => rest,
        _ => return None,
    };
    Some([format!("+52{digits}"), format!("+521{digits}")])
}

/// Two digits of the area and nine of a mobile; before, the last eight of them. Those begin with 6 to 9: a landline's with 2
/// to 5, and it is somebody else's.
fn brazilian(number: &str) -> Option<[String; 2]> {
    let (area, local) = number.strip_prefix("+55")?.split_at_checked(2)?;
    let eight = if local.len() == 9 { local.strip_prefix('9')? } else { local };
    let is_mobile = eight.len() == 8 && eight.starts_with(['6', '7', '8', '9']);
    is_mobile.then(|| [format!("+55{area}9{eight}"), format!("+55{area}{eight}")])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone(text: &str) -> Phone {
        text.parse().unwrap()
    }

    #[test]
    fn both_spellings_of_a_mobile_are_one_phone() {
        for (today, before) in [
            ("+525512345602", "+5215512345602"),
            ("+523312345602", "+5213312345602"),
            ("+5511987654321", "+551187654321"),
            ("+5585961234567", "+558561234567"),
        ] {
            for written in [today, before] {
                assert_eq!(phone(written).spellings(), [today, before].map(phone), "{written}");
                assert_eq!(Phone::reported(written), Ok(phone(today)), "{written}");
                assert_eq!(Phone::reported(&written[1..]), Ok(phone(today)), "{written} without its plus");
            }
        }
    }

    #[test]
    fn every_other_number_has_one_spelling() {
        for number in [
            "+551123456789",
            "+5511923456789",
            "+55119876543",
            "+12125550123",
            "+442079460018",
            "+5491123456789",
            "+52551234560",
            "+5255",
            "+5500000",
        ] {
            if let Ok(number) = number.parse::<Phone>() {
                assert_eq!(number.spellings(), [number.clone(), number.clone()], "{number}");
                assert_eq!(Phone::reported(&number.to_string()), Ok(number));
            }
        }
        for text in ["", "+", "whatsapp", "12345", "HOSPITAL"] {
            assert!(Phone::reported(text).is_err(), "{text}");
        }
    }
}
