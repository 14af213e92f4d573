//! Coordinate reference systems written as well-known text: the `.prj` beside a Shapefile, the definitions of a
//! GeoPackage.
//!
//! A code of the EPSG register is taken when the text states one, else the name is recognised, else PROJ parameters
//! are made of the text's own.

/// What a well-known text describes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Crs {
    /// A code of the register.
    Epsg(u32),
    /// PROJ parameters, and the name that the text gives to the system.
    Parameters { name: String, proj: String },
}

/// Reads the text; `None` when it is not well-known text or describes what PROJ parameters cannot say.
pub(super) fn understand(text: &str) -> Option<Crs> {
    let root = Parser { rest: text.trim_start_matches('\u{feff}').trim() }.node(0)?;
    let name = root.texts().next()?.to_owned();
    if let Some(epsg) = root.epsg().or_else(|| from_name(&name))
        && super::crs::definition(epsg).is_some()
    {
        return Some(Crs::Epsg(epsg));
    }
    parameters(&root).map(|proj| Crs::Parameters { name, proj })
}

/// `KEYWORD["name", 1, CHILD[…]]`
#[derive(Debug)]
struct Node {
    keyword: String,
    items: Vec<Item>,
}

#[derive(Debug)]
enum Item {
    Text(String),
    Number(f64),
    Node(Node),
}

impl Node {
    fn texts(&self) -> impl Iterator<Item = &str> {
        self.items.iter().filter_map(|item| match item {
            Item::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }

    fn numbers(&self) -> impl Iterator<Item = f64> + '_ {
        self.items.iter().filter_map(|item| match item {
            Item::Number(number) => Some(*number),
            _ => None,
        })
    }

    fn children(&self) -> impl Iterator<Item = &Node> {
        self.items.iter().filter_map(|item| match item {
            Item::Node(node) => Some(node),
            _ => None,
        })
    }

    fn child(&self, keywords: &[&str]) -> Option<&Node> {
        self.children().find(|child| keywords.contains(&child.keyword.as_str()))
    }

    /// The first node of such a keyword, at any depth.
    fn descendant(&self, keywords: &[&str]) -> Option<&Node> {
        self.child(keywords).or_else(|| self.children().find_map(|child| child.descendant(keywords)))
    }

    fn epsg(&self) -> Option<u32> {
        let authority = self.child(&["AUTHORITY", "ID"])?;
        let mut texts = authority.texts();
        if !texts.next()?.eq_ignore_ascii_case("EPSG") {
            return None;
        }
        texts.next().and_then(|code| code.parse().ok()).or_else(|| {
            let code = authority.numbers().next()?;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            (0.0..1e7).contains(&code).then_some(code as u32)
        })
    }

    /// A projection parameter, names compared without case nor punctuation.
    fn parameter(&self, names: &[&str]) -> Option<f64> {
        let wanted: Vec<String> = names.iter().map(|name| plain(name)).collect();
        self.children().find_map(|child| {
            if child.keyword == "PARAMETER" && wanted.contains(&plain(child.texts().next()?)) {
                child.numbers().next()
            } else {
                child.parameter(names)
            }
        })
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// A recursive-descent reader of the text's grammar, bounded in depth.
struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn node(&mut self, depth: usize) -> Option<Node> {
        const MAX_DEPTH: usize = 12;
        let end = self.rest.find(['[', '(']).filter(|_| depth <= MAX_DEPTH)?;
        let keyword = self.rest[..end].trim().to_ascii_uppercase();
        self.rest = &self.rest[end + 1..];
        let mut items = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            match self.rest.chars().next()? {
                ']' | ')' => {
                    self.rest = &self.rest[1..];
                    return Some(Node { keyword, items });
                }
                ',' => self.rest = &self.rest[1..],
                '"' => items.push(Item::Text(self.text()?)),
                first if first.is_ascii_digit() || first == '-' || first == '+' || first == '.' => {
                    items.push(Item::Number(self.number()?));
                }
                _ => items.extend(self.word(depth)?),
            }
        }
    }

    fn text(&mut self) -> Option<String> {
        let body = &self.rest[1..];
        let end = body.find('"')?;
        self.rest = &body[end + 1..];
        Some(body[..end].to_owned())
    }

    fn number(&mut self) -> Option<f64> {
        let end = self.rest.find([',', ']', ')'])?;
        let number = self.rest[..end].trim().parse().ok()?;
        self.rest = &self.rest[end..];
        Some(number)
    }

    /// A child, or a bare word such as an axis direction (which says nothing that we need).
    fn word(&mut self, depth: usize) -> Option<Option<Item>> {
        let end = self.rest.find(['[', '(', ',', ']', ')'])?;
        if self.rest[end..].starts_with(['[', '(']) {
            return self.node(depth + 1).map(|node| Some(Item::Node(node)));
        }
        self.rest = &self.rest[end..];
        Some(None)
    }
}

/// The code of a system from the names that GIS programs give to it.
fn from_name(name: &str) -> Option<u32> {
    let name = plain(name);
    let number = |prefixes: &[&str]| -> Option<u32> {
        prefixes.iter().find_map(|prefix| name.strip_prefix(prefix)?.parse().ok())
    };
    if let Some(zone) = number(&["rgf93cc", "rgf1993cc", "rgf93v1cc", "rgf93v2bcc", "rgf93conforme", "rgf93lambertcc"])
    {
        return (42..=50).contains(&zone).then_some(3900 + zone);
    }
    if let Some(epsg) = utm_from_name(&name) {
        return Some(epsg);
    }
    Some(match name.as_str() {
        "rgf93lambert93" | "rgf1993lambert93" | "rgf93v1lambert93" | "rgf93v2blambert93" | "lambert93" => 2154,
        "gcswgs1984" | "wgs84" | "wgs1984" | "gcswgs84" => 4326,
        "gcsrgf1993" | "gcsrgf93" | "rgf93" | "rgf1993" | "rgf93v1" | "rgf93v2b" => 4171,
        "gcsetrs1989" | "etrs89" | "etrs1989" => 4258,
        "wgs1984webmercatorauxiliarysphere" | "wgs84pseudomercator" | "wgs1984webmercator" => 3857,
        "ntffranceidegrees" | "ntfparislambertzonei" | "ntflambertzonei" | "ntffrancei" => 27571,
        "ntffranceiidegrees"
        | "ntfparislambertzoneii"
        | "ntflambertzoneii"
        | "ntffranceii"
        | "ntflambertiietendu"
        | "lambertiietendu"
        | "lambert2etendu"
        | "ntflambert2etendu" => 27572,
        "ntffranceiiidegrees" | "ntfparislambertzoneiii" | "ntflambertzoneiii" | "ntffranceiii" => 27573,
        "ntffranceivdegrees" | "ntfparislambertzoneiv" | "ntflambertzoneiv" | "ntffranceiv" => 27574,
        "ntfparislambertnordfrance" | "nordfrance" | "ntflambertnordfrance" => 27561,
        "ntfparislambertcentrefrance" | "centrefrance" | "ntflambertcentrefrance" => 27562,
        "ntfparislambertsudfrance" | "sudfrance" | "ntflambertsudfrance" => 27563,
        "ntfparislambertcorse" | "corse" | "ntflambertcorse" => 27564,
        "rgnc199193lambertnewcaledonia" | "rgnc9193lambertnewcaledonia" => 3163,
        _ => return None,
    })
}

/// `WGS_1984_UTM_Zone_31N` and its kin, plain.
fn utm_from_name(name: &str) -> Option<u32> {
    let (datum, zone) = name.split_once("utmzone").or_else(|| name.split_once("utm"))?;
    let south = zone.ends_with('s');
    let zone: u32 = zone.trim_end_matches(['n', 's']).parse().ok().filter(|zone| (1..=60).contains(zone))?;
    match (datum, south) {
        ("wgs1984" | "wgs84", false) => Some(32600 + zone),
        ("wgs1984" | "wgs84", true) => Some(32700 + zone),
        ("etrs1989" | "etrs89", false) => (28..=38).contains(&zone).then_some(25800 + zone),
        ("rgfg1995" | "rgfg95", false) if zone == 22 => Some(2972),
        ("rgr1992" | "rgr92", true) if zone == 40 => Some(2975),
        ("rgm2004" | "rgm04", true) if zone == 38 => Some(4471),
        ("rgaf2009" | "rgaf09", false) if zone == 20 => Some(5490),
        ("rraf1991", false) if zone == 20 => Some(4559),
        ("rgspm2006" | "rgspm06", false) if zone == 21 => Some(4467),
        _ => None,
    }
}

/// PROJ parameters from the text's own.
fn parameters(root: &Node) -> Option<String> {
    let spheroid = root.descendant(&["SPHEROID", "ELLIPSOID"])?;
    let mut numbers = spheroid.numbers();
    let (axis, flattening) = (numbers.next()?, numbers.next()?);
    let degrees = degrees_per_unit(root);
    let mut proj = projection(root, degrees)?;
    proj.push_str(&if flattening == 0.0 { format!(" +R={axis}") } else { format!(" +a={axis} +rf={flattening}") });
    if let Some(meridian) = root.descendant(&["PRIMEM"]).and_then(|primem| primem.numbers().next()) {
        proj.push_str(&prime_meridian(meridian, degrees));
    }
    if let Some(shift) = datum_shift(root) {
        proj.push_str(&format!(" +towgs84={shift}"));
    }
    Some(proj + " +no_defs")
}

/// Degrees in one angular unit of the text: grads are still met with the old French datum.
fn degrees_per_unit(root: &Node) -> f64 {
    let geographic =
        if root.keyword.starts_with("GEOG") { Some(root) } else { root.descendant(&["GEOGCS", "BASEGEOGCRS"]) };
    let unit = geographic.and_then(|node| node.child(&["UNIT", "ANGLEUNIT"])).and_then(|unit| unit.numbers().next());
    let degrees = unit.map_or(1.0, f64::to_degrees);
    if (degrees - 1.0).abs() < 1e-9 { 1.0 } else { degrees }
}

fn projection(root: &Node, degrees: f64) -> Option<String> {
    let Some(method) = root.descendant(&["PROJECTION", "METHOD"]) else {
        let plain_degrees = matches!(root.keyword.as_str(), "GEOGCS" | "GEOGCRS") && degrees == 1.0;
        return plain_degrees.then(|| "+proj=longlat".to_owned());
    };
    let method = plain(method.texts().next()?);
    let code = match method.as_str() {
        "transversemercator" | "gausskruger" => "tmerc",
        "mercator" | "mercator1sp" | "mercator2sp" => "merc",
        method if method.starts_with("lambertconformalconic") || method.starts_with("lambertconicconformal") => "lcc",
        "lambertazimuthalequalarea" => "laea",
        _ => return None,
    };
    let mut proj = format!("+proj={code}");
    let mut add = |key: &str, value: Option<f64>| {
        if let Some(value) = value {
            proj.push_str(&format!(" +{key}={value}"));
        }
    };
    let angle = |names: &[&str]| root.parameter(names).map(|angle| angle * degrees);
    let origin = angle(&LATITUDE_OF_ORIGIN);
    add("lat_0", origin);
    add("lon_0", angle(&CENTRAL_MERIDIAN));
    if code == "lcc" {
        add("lat_1", angle(&["standard_parallel_1", "latitude_of_1st_standard_parallel"]).or(origin));
        add("lat_2", angle(&["standard_parallel_2", "latitude_of_2nd_standard_parallel"]));
    }
    add("k_0", root.parameter(&["scale_factor", "scale_factor_at_natural_origin"]));
    add("x_0", root.parameter(&["false_easting", "easting_at_false_origin"]));
    add("y_0", root.parameter(&["false_northing", "northing_at_false_origin"]));
    let unit = root.child(&["UNIT", "LENGTHUNIT"]).and_then(|unit| unit.numbers().next());
    add("to_meter", unit.filter(|&unit| (unit - 1.0).abs() > 1e-12));
    Some(proj)
}

const LATITUDE_OF_ORIGIN: [&str; 4] =
    ["latitude_of_origin", "latitude_of_center", "latitude_of_natural_origin", "latitude_of_false_origin"];
const CENTRAL_MERIDIAN: [&str; 4] =
    ["central_meridian", "longitude_of_center", "longitude_of_natural_origin", "longitude_of_false_origin"];

/// The meridian of Paris is written in degrees or, in texts made from the register, in grads.
fn prime_meridian(meridian: f64, degrees: f64) -> String {
    const PARIS_IN_DEGREES: f64 = 2.337_229_17;
    if meridian == 0.0 {
        String::new()
    } else if [meridian, meridian * degrees].iter().any(|angle| (angle - PARIS_IN_DEGREES).abs() < 1e-6) {
        " +pm=paris".to_owned()
    } else {
        format!(" +pm={}", meridian * degrees)
    }
}

/// The shift that the text states, or that of the old French datum.
fn datum_shift(root: &Node) -> Option<String> {
    if let Some(stated) = root.descendant(&["TOWGS84"]) {
        let numbers: Vec<String> = stated.numbers().map(|number| number.to_string()).collect();
        return matches!(numbers.len(), 3 | 7).then(|| numbers.join(","));
    }
    let datum = plain(root.descendant(&["DATUM"])?.texts().next()?);
    match datum.trim_start_matches('d') {
        "ntf" | "nouvelletriangulationfrancaise" | "nouvelletriangulationfrancaiseparis" => {
            Some("-168,-60,320".to_owned())
        }
        "european1950" | "europeandatum1950" | "ed1950" => Some("-87,-98,-121".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::geometry::Projection;

    const LAMBERT_93: &str = r#"PROJCS["RGF93_Lambert_93",GEOGCS["GCS_RGF_1993",DATUM["D_RGF_1993",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",700000.0],PARAMETER["False_Northing",6600000.0],PARAMETER["Central_Meridian",3.0],PARAMETER["Standard_Parallel_1",44.0],PARAMETER["Standard_Parallel_2",49.0],PARAMETER["Latitude_Of_Origin",46.5],UNIT["Meter",1.0]]"#;

    #[test]
    fn names_are_recognised() {
        for (name, epsg) in [
            ("RGF93_CC44", 3944),
            ("RGF_1993_CC48", 3948),
            ("RGF93 / CC50", 3950),
            ("WGS_1984_UTM_Zone_31N", 32631),
            ("WGS_1984_UTM_Zone_40S", 32740),
            ("ETRS_1989_UTM_Zone_30N", 25830),
            ("RGR_1992_UTM_40S", 2975),
            ("NTF_France_II_degrees", 27572),
            ("NTF (Paris) / Lambert zone II", 27572),
            ("NTF_Lambert_II_etendu", 27572),
            ("GCS_WGS_1984", 4326),
            ("RGF93 v1 / Lambert-93", 2154),
        ] {
            assert_eq!(from_name(name), Some(epsg), "{name}");
        }
        assert_eq!(from_name("RGF93_CC12"), None);
        assert_eq!(from_name("Autre"), None);
    }

    #[test]
    fn a_stated_code_is_taken() {
        let text = r#"PROJCRS["quelconque",BASEGEOGCRS["x"],ID["EPSG",3946]]"#;
        assert_eq!(understand(text), Some(Crs::Epsg(3946)));
        let text = r#"PROJCS["quelconque",AUTHORITY["EPSG","3946"]]"#;
        assert_eq!(understand(text), Some(Crs::Epsg(3946)));
    }

    #[test]
    fn an_unknown_name_is_read_by_its_parameters() {
        let named = Projection::from_wkt(LAMBERT_93).unwrap();
        let renamed = Projection::from_wkt(&LAMBERT_93.replace("RGF93_Lambert_93", "Projection de la mairie")).unwrap();
        assert_eq!(named.label(), "EPSG:2154");
        assert_eq!(renamed.label(), "Projection de la mairie");
        let (a, b) =
            (named.to_wgs84(770_000.0, 6_280_000.0).unwrap(), renamed.to_wgs84(770_000.0, 6_280_000.0).unwrap());
        assert!((a.0 - b.0).abs() < 1e-9 && (a.1 - b.1).abs() < 1e-9);
    }

    #[test]
    fn the_paris_meridian_and_the_old_datum_are_applied() {
        let text = r#"PROJCS["Lambert de la mairie",GEOGCS["GCS_NTF_Paris",DATUM["D_NTF",SPHEROID["Clarke_1880_IGN",6378249.2,293.46602]],PRIMEM["Paris",2.337229166666667],UNIT["Grad",0.01570796326794897]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",600000],PARAMETER["False_Northing",2200000],PARAMETER["Central_Meridian",0],PARAMETER["Standard_Parallel_1",52],PARAMETER["Scale_Factor",0.99987742],PARAMETER["Latitude_Of_Origin",52],UNIT["Meter",1]]"#;
        let (longitude, latitude) = Projection::from_wkt(text).unwrap().to_wgs84(600_000.0, 2_428_000.0).unwrap();
        assert!((longitude - 2.336_505_663).abs() < 1e-6 && (latitude - 48.850_346_593).abs() < 1e-6);
    }

    #[test]
    fn what_is_not_well_known_text_is_nothing() {
        let deep = "A[".repeat(10_000);
        for text in ["", "rubbish", "PROJCS[", "PROJCS[\"x", deep.as_str(), r#"LOCAL_CS["x"]"#] {
            assert_eq!(understand(text), None);
        }
    }
}
