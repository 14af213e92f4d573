//! The French numbering plan (Arcep, décision 2018-0881 as amended): which ranges are in use.

/// Whether nine figures (without the leading zero) are in a range in use, overseas départements included.
pub(super) fn is_allotted(national: &[u8]) -> bool {
    let [first, second, third, ..] = national else { return false };
    match (first, second, third) {
        (b'1' | b'3' | b'9', ..) => true,
        // La Réunion and Mayotte have 0262, 0263 and 0269.
        (b'2', b'6', third) => matches!(third, b'0'..=b'4' | b'8' | b'9'),
        (b'2', ..) => true,
        (b'4', second, _) => *second != b'0',
        // Guadeloupe 0590, Guyane 0594, Martinique 0596, and their voice over IP.
        (b'5', b'9', third) => *third != b'9',
        (b'5', ..) => true,
        // Mobile; overseas 0639, 0690 to 0697.
        (b'6', ..) => true,
        (b'7', b'0', third) => *third == b'9',
        (b'7', second, _) => *second >= b'3',
        (b'8', second, third) => is_special(*second, *third),
        _ => false,
    }
}

/// Free, ordinary and premium rates: 08.
fn is_special(second: u8, third: u8) -> bool {
    match second {
        b'2' => third != b'8',
        b'4' => matches!(third, b'0' | b'2' | b'4'),
        b'7' => false,
        _ => true,
    }
}

/// Whether figures are a short number: emergency and care (15, 112, 115…), operators (10xx), services (3xxx), European
/// helplines (116 xxx), directories (118 xxx).
pub(super) fn is_short(figures: &[u8]) -> bool {
    matches!(
        figures,
        b"15"
            | b"17"
            | b"18"
            | b"110"
            | b"112"
            | b"114"
            | b"115"
            | b"119"
            | b"191"
            | b"196"
            | b"197"
            | b"224"
            | b"611"
            | b"614"
            | b"634"
            | b"700"
            | b"706"
            | b"722"
            | b"740"
            | b"2020"
            | b"116000"
            | b"116006"
            | b"116111"
            | b"116117"
            | [b'1', b'0', _, _]
            | [b'3', _, _, _]
            | [b'1', b'1', b'8', _, _, _]
    )
}
