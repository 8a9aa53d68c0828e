//! Percent-encoding (RFC 3986, section 2.1), read.

/// The bytes that a part of an address stands for. A percent sign that no two hexadecimal digits follow stands for itself.
#[must_use]
pub fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = text.as_bytes().iter();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(&byte) = bytes.next() {
        let digits = bytes.as_slice().get(..2).filter(|_| byte == b'%');
        let value = digits.and_then(|digits| {
            let mut values = digits.iter().map(|digit| char::from(*digit).to_digit(16));
            u8::try_from(values.next()?? * 16 + values.next()??).ok()
        });
        if value.is_some() {
            bytes.nth(1);
        }
        decoded.push(value.unwrap_or(byte));
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_stand_for_bytes() {
        let check = |text: &str, expected: &[u8]| assert_eq!(decoded(text), expected, "{text}");
        check("a%20b", b"a b");
        check("%C3%A4%c3%a4", "ää".as_bytes());
        check("%ff", b"\xff");
        check("%2541", b"%41");
        check("100 %", b"100 %");
        check("%4", b"%4");
        check("%+1%g0", b"%+1%g0");
        check("%é1", "%é1".as_bytes());
        check("", b"");
    }
}
