//! Which addresses may be connected to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::FetchError;

/// Networks of IPv4 that are not the public internet: this host, private ones, carrier-grade NAT, loopback,
/// link-local (where clouds keep their metadata), protocol assignments, documentation, relays, benchmarks, multicast,
/// reserved.
const NOT_PUBLIC: [(Ipv4Addr, u8); 15] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// Parts of IPv6's global unicast space that are not the public internet or lead elsewhere: Teredo and its
/// neighbours, documentation, 6to4.
const NOT_PUBLIC_V6: [(Ipv6Addr, u8); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Whether an address is on the public internet.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => !NOT_PUBLIC.iter().any(|(base, prefix)| same_v4(v4, *base, *prefix)),
        IpAddr::V6(v6) => {
            let global_unicast = same_v6(v6, Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);
            global_unicast && !NOT_PUBLIC_V6.iter().any(|(base, prefix)| same_v6(v6, *base, *prefix))
        }
    }
}

fn same_v4(address: Ipv4Addr, base: Ipv4Addr, prefix: u8) -> bool {
    let shift = 32 - u32::from(prefix.min(32));
    address.to_bits().checked_shr(shift) == base.to_bits().checked_shr(shift)
}

fn same_v6(address: Ipv6Addr, base: Ipv6Addr, prefix: u8) -> bool {
    let shift = 128 - u32::from(prefix.min(128));
    address.to_bits().checked_shr(shift) == base.to_bits().checked_shr(shift)
}

/// What is allowed beyond the public internet.
#[derive(Debug, Clone, Default)]
pub(super) struct AllowList {
    hosts: Vec<String>,
    networks: Vec<(IpAddr, u8)>,
}

impl AllowList {
    pub(super) fn parse(entries: &[String]) -> Result<Self, FetchError> {
        let mut list = Self::default();
        for entry in entries.iter().map(|entry| entry.trim()).filter(|entry| !entry.is_empty()) {
            let (address, prefix) =
                entry.split_once('/').map_or((entry, None), |(address, prefix)| (address, Some(prefix)));
            let bare = address.trim_start_matches('[').trim_end_matches(']');
            match (bare.parse::<IpAddr>(), prefix) {
                (Ok(address), None) => list.networks.push((address, width(address))),
                (Ok(address), Some(prefix)) => {
                    let prefix = prefix.parse().ok().filter(|prefix| *prefix <= width(address));
                    list.networks.push((address, prefix.ok_or_else(|| wrong(entry))?));
                }
                (Err(_), None) if is_host(entry) => list.hosts.push(entry.to_ascii_lowercase()),
                (Err(_), _) => return Err(wrong(entry)),
            }
        }
        Ok(list)
    }

    /// With one more entry.
    pub(super) fn with(&self, entry: &str) -> Result<Self, FetchError> {
        let mut list = self.clone();
        let more = Self::parse(&[entry.to_owned()])?;
        list.hosts.extend(more.hosts);
        list.networks.extend(more.networks);
        Ok(list)
    }

    pub(super) fn allows_address(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        is_public(address) || self.networks.iter().any(|network| contains(*network, address))
    }

    pub(super) fn allows_host(&self, host: &str) -> bool {
        self.hosts.iter().any(|allowed| allowed.eq_ignore_ascii_case(host))
    }
}

fn width(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn contains((base, prefix): (IpAddr, u8), address: IpAddr) -> bool {
    match (address, base) {
        (IpAddr::V4(address), IpAddr::V4(base)) => same_v4(address, base, prefix),
        (IpAddr::V6(address), IpAddr::V6(base)) => same_v6(address, base, prefix),
        _ => false,
    }
}

fn is_host(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
        && text.bytes().any(|b| b.is_ascii_alphabetic())
}

fn wrong(entry: &str) -> FetchError {
    let detail = "is neither a host (intranet.ville.fr) nor a network (10.1.0.0/16)".to_owned();
    FetchError::Url { url: entry.to_owned(), detail }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn private_and_special_addresses_are_not_public() {
        for inside in [
            "127.0.0.1",
            "10.0.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
    }

    #[test]
    fn the_rest_of_the_internet_is_public() {
        for outside in
            ["1.1.1.1", "172.32.0.1", "100.128.0.1", "193.55.0.1", "2a01:e0a::1", "2606:4700::1111", "::ffff:1.1.1.1"]
        {
            assert!(is_public(outside.parse().unwrap()), "{outside}");
        }
    }

    #[test]
    fn networks_and_hosts_can_be_allowed() {
        let entries = ["10.1.0.0/16", "::1", "intranet.ville.fr"].map(str::to_owned);
        let list = AllowList::parse(&entries).unwrap();
        assert!(list.allows_address("10.1.255.1".parse().unwrap()));
        assert!(list.allows_address("::ffff:10.1.0.1".parse().unwrap()));
        assert!(!list.allows_address("10.2.0.1".parse().unwrap()));
        assert!(list.allows_address("::1".parse().unwrap()));
        assert!(list.allows_host("Intranet.Ville.FR"));
        assert!(!list.allows_host("ville.fr"));
    }

    #[test]
    fn the_whole_space_can_be_allowed() {
        let list = AllowList::parse(&["0.0.0.0/0".to_owned()]).unwrap();
        assert!(list.allows_address("127.0.0.1".parse().unwrap()));
        assert!(!list.allows_address("::1".parse().unwrap()));
    }

    #[test]
    fn a_malformed_entry_is_refused() {
        for wrong in ["10.0.0.0/33", "ville/16", "a b", "10.0.0.0/x", "300.1.1.1/8"] {
            assert!(AllowList::parse(&[wrong.to_owned()]).is_err(), "{wrong}");
        }
    }
}
