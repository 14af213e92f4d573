//! The binary geometries of a GeoPackage: a head, an envelope, and WKB.

use crate::geometry::{Geometry, wkb};

const MAGIC: &[u8] = b"GP";
const HEAD_BYTES: usize = 8;
const EMPTY_FLAG: u8 = 0b1_0000;

/// The geometry of a blob; `None` when it is empty; why, when it is none.
pub(super) fn geometry(blob: &[u8]) -> Result<Option<Geometry>, &'static str> {
    let Some(flags) = blob.get(3).filter(|_| blob.starts_with(MAGIC)) else {
        return Err("not a GeoPackage geometry");
    };
    let envelope = match (flags >> 1) & 0b111 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err("an envelope of an unknown kind"),
    };
    if flags & EMPTY_FLAG != 0 {
        return Ok(None);
    }
    let bytes = blob.get(HEAD_BYTES + envelope..).ok_or("the geometry is cut short")?;
    wkb::read(bytes).map(Some).map_err(|_| "not well-known binary")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(flags: u8, envelope: usize) -> Vec<u8> {
        let mut blob = b"GP\0".to_vec();
        blob.push(flags);
        blob.extend_from_slice(&[0; 4]);
        blob.resize(blob.len() + envelope, 0);
        blob.extend_from_slice(&wkb::write(&Geometry::Point([3.87, 43.61])));
        blob
    }

    #[test]
    fn the_head_and_the_envelope_are_passed_over() {
        let point = Ok(Some(Geometry::Point([3.87, 43.61])));
        assert_eq!(geometry(&blob(0b0001, 0)), point);
        assert_eq!(geometry(&blob(0b0011, 32)), point);
        assert_eq!(geometry(&blob(0b1001, 64)), point);
        assert_eq!(geometry(&blob(0b1_0001, 0)), Ok(None));
    }

    #[test]
    fn what_is_not_a_geometry_is_told() {
        for bytes in [b"".as_slice(), b"GP", b"XX\0\x01\0\0\0\0", b"GP\0\x03\0\0\0\0", b"GP\0\x0F\0\0\0\0"] {
            assert!(geometry(bytes).is_err());
        }
    }
}
