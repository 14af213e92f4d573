//! Passkeys on both engines, with an authenticator made here: what it signs is as WebAuthn says, or wrong in one way.

#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use catalog::account::User;
use catalog::account::passkey::{PasskeyError, RelyingParty};
use catalog::records::UserDraft;
use catalog::{Error, Records};
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use support::{Town, on_both_engines};

on_both_engines!(
    a_passkey_signs_its_owner_in,
    an_answer_is_taken_once,
    an_answer_for_another_site_is_refused,
    a_counter_that_goes_back_is_refused,
    a_changed_answer_is_refused,
    a_person_without_proof_is_refused,
    a_registration_belongs_to_who_began_it,
    a_passkey_belongs_to_one_account,
    the_only_way_in_stays,
    a_person_has_twenty_at_most,
    passkeys_come_back_from_a_backup,
);

const SITE: &str = "https://data.ville.example";

/// A device with one passkey.
struct Device {
    key: SigningKey,
    id: [u8; 16],
    origin: &'static str,
    site: &'static str,
    counter: u32,
    verified: bool,
    user: String,
}

impl Device {
    fn new(seed: u8) -> Self {
        Self {
            key: SigningKey::from_bytes(&[seed; 32]),
            id: [seed; 16],
            origin: SITE,
            site: "data.ville.example",
            counter: 1,
            verified: true,
            user: String::new(),
        }
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        let challenge = options["challenge"].as_str().unwrap();
        format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{}","crossOrigin":false}}"#, self.origin)
            .into()
    }

    /// WebAuthn § 6.1: hash of the site, flags, counter.
    fn authenticator_data(&self, attested: bool) -> Vec<u8> {
        let flags = 0x01 | if self.verified { 0x04 } else { 0 } | if attested { 0x40 } else { 0 };
        let mut data = Sha256::digest(self.site.as_bytes()).to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// The answer to a registration, without attestation; the key is a COSE map `{1: 1, 3: -8, -1: 6, -2: x}`.
    fn create(&mut self, options: &Value) -> Vec<u8> {
        options["user"]["id"].as_str().unwrap().clone_into(&mut self.user);
        let mut data = self.authenticator_data(true);
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(self.id);
        data.extend([0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20]);
        data.extend(self.key.verifying_key().as_bytes());
        let mut attestation = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        attestation.push(u8::try_from(data.len()).unwrap());
        attestation.extend(data);
        let response = json!({
            "clientDataJSON": encode(&self.client_data("webauthn.create", options)),
            "attestationObject": encode(&attestation),
            "transports": ["internal"],
        });
        self.answer(&response)
    }

    /// The answer to a sign-in.
    fn get(&mut self, options: &Value) -> Vec<u8> {
        self.counter += 1;
        let (data, client) = (self.authenticator_data(false), self.client_data("webauthn.get", options));
        let signature = self.key.sign(&[data.as_slice(), &Sha256::digest(&client)].concat());
        let response = json!({
            "clientDataJSON": encode(&client),
            "authenticatorData": encode(&data),
            "signature": encode(&signature.to_bytes()),
            "userHandle": self.user,
        });
        self.answer(&response)
    }

    fn answer(&self, response: &Value) -> Vec<u8> {
        let id = encode(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {}, "response": response })
            .to_string()
            .into_bytes()
    }
}

fn encode(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn party() -> RelyingParty {
    RelyingParty::of(SITE).unwrap()
}

async fn person(town: &Town, email: &str, password: Option<&str>) -> User {
    let draft = UserDraft { email: email.to_owned(), password: password.map(str::to_owned), ..UserDraft::default() };
    town.platform.records.create_user(draft, &town.actor).await.unwrap()
}

async fn register(records: &Records, user: &User, device: &mut Device, name: &str) -> Result<uuid::Uuid, Error> {
    let options = records.begin_passkey(&party(), user).await?;
    let answer = device.create(&options);
    records.add_passkey(&party(), user, name, &answer).await.map(|passkey| passkey.id)
}

async fn sign_in(records: &Records, device: &mut Device) -> Result<User, Error> {
    let options = records.begin_passkey_sign_in(&party()).await?;
    records.passkey_sign_in(&party(), &device.get(&options)).await
}

fn is_refused<T>(outcome: &Result<T, Error>) -> bool {
    matches!(outcome, Err(Error::Passkey(PasskeyError::Refused(_))))
}

async fn a_passkey_signs_its_owner_in(town: Town) {
    let records = &town.platform.records;
    let (user, mut device) = (person(&town, "a@ville.example", None).await, Device::new(1));
    let id = register(records, &user, &mut device, "Ordinateur").await.unwrap();
    assert_eq!(records.passkeys(user.id).await.unwrap()[0].last_used_at, None);
    assert_eq!(sign_in(records, &mut device).await.unwrap().id, user.id);
    // Another process of the same installation ends what this one began.
    let options = records.begin_passkey_sign_in(&party()).await.unwrap();
    let other = town.reopened().await;
    assert_eq!(other.records.passkey_sign_in(&party(), &device.get(&options)).await.unwrap().id, user.id);
    let kept = records.passkeys(user.id).await.unwrap();
    assert_eq!((kept.len(), kept[0].id, kept[0].name.as_str(), kept[0].synced), (1, id, "Ordinateur", false));
    assert!(kept[0].last_used_at.is_some());
    other.records.close().await.unwrap();
    town.close().await;
}

async fn an_answer_is_taken_once(town: Town) {
    let records = &town.platform.records;
    let (user, mut device) = (person(&town, "a@ville.example", None).await, Device::new(1));
    register(records, &user, &mut device, "x").await.unwrap();
    let options = records.begin_passkey_sign_in(&party()).await.unwrap();
    let answer = device.get(&options);
    assert!(records.passkey_sign_in(&party(), &answer).await.is_ok());
    let again = records.passkey_sign_in(&party(), &answer).await;
    assert!(matches!(again, Err(Error::Passkey(PasskeyError::Stale))));
    // A wrong answer uses the challenge up too.
    let options = records.begin_passkey_sign_in(&party()).await.unwrap();
    let wrong = RelyingParty::of("https://data.autre.example").unwrap();
    assert!(records.passkey_sign_in(&wrong, &device.get(&options)).await.is_err());
    let again = records.passkey_sign_in(&party(), &device.get(&options)).await;
    assert!(matches!(again, Err(Error::Passkey(PasskeyError::Stale))));
    town.close().await;
}

async fn an_answer_for_another_site_is_refused(town: Town) {
    let records = &town.platform.records;
    let (user, mut device) = (person(&town, "a@ville.example", None).await, Device::new(1));
    register(records, &user, &mut device, "x").await.unwrap();
    device.origin = "https://data.vilIe.example";
    assert!(is_refused(&sign_in(records, &mut device).await));
    (device.origin, device.site) = (SITE, "evil.example");
    assert!(is_refused(&sign_in(records, &mut device).await));
    device.site = "data.ville.example";
    assert!(sign_in(records, &mut device).await.is_ok());
    let mut foreign = Device::new(2);
    foreign.origin = "http://data.ville.example";
    assert!(is_refused(&register(records, &user, &mut foreign, "x").await));
    town.close().await;
}

async fn a_counter_that_goes_back_is_refused(town: Town) {
    let records = &town.platform.records;
    let (user, mut device) = (person(&town, "a@ville.example", None).await, Device::new(1));
    register(records, &user, &mut device, "x").await.unwrap();
    device.counter = 40;
    assert!(sign_in(records, &mut device).await.is_ok());
    device.counter = 40;
    let copied = device.counter - 1;
    device.counter = copied;
    assert!(is_refused(&sign_in(records, &mut device).await));
    device.counter = 41;
    assert!(sign_in(records, &mut device).await.is_ok());
    town.close().await;
}

async fn a_changed_answer_is_refused(town: Town) {
    let records = &town.platform.records;
    let (user, mut device) = (person(&town, "a@ville.example", None).await, Device::new(1));
    register(records, &user, &mut device, "x").await.unwrap();
    let honest = device.key.clone();
    device.key = SigningKey::from_bytes(&[9; 32]);
    assert!(is_refused(&sign_in(records, &mut device).await));
    device.key = honest;
    device.user = encode(person(&town, "b@ville.example", None).await.id.as_bytes());
    assert!(is_refused(&sign_in(records, &mut device).await));
    device.id = [7; 16];
    assert!(matches!(sign_in(records, &mut device).await, Err(Error::Passkey(PasskeyError::Unknown))));
    for nonsense in ["", "{}", "[1]", r#"{"response":{}}"#] {
        let outcome = records.passkey_sign_in(&party(), nonsense.as_bytes()).await;
        assert!(matches!(outcome, Err(Error::Passkey(PasskeyError::Malformed(_)))), "{nonsense}");
    }
    town.close().await;
}

async fn a_person_without_proof_is_refused(town: Town) {
    let records = &town.platform.records;
    let (user, mut device) = (person(&town, "a@ville.example", None).await, Device::new(1));
    device.verified = false;
    assert!(is_refused(&register(records, &user, &mut device, "x").await));
    device.verified = true;
    register(records, &user, &mut device, "x").await.unwrap();
    device.verified = false;
    assert!(is_refused(&sign_in(records, &mut device).await));
    town.close().await;
}

async fn a_registration_belongs_to_who_began_it(town: Town) {
    let records = &town.platform.records;
    let (user, other) = (person(&town, "a@ville.example", None).await, person(&town, "b@ville.example", None).await);
    let options = records.begin_passkey(&party(), &user).await.unwrap();
    let answer = Device::new(1).create(&options);
    let stolen = records.add_passkey(&party(), &other, "x", &answer).await;
    assert!(matches!(stolen, Err(Error::Passkey(PasskeyError::Stale))));
    assert!(records.passkeys(other.id).await.unwrap().is_empty());
    town.close().await;
}

async fn a_passkey_belongs_to_one_account(town: Town) {
    let records = &town.platform.records;
    let (user, other) = (person(&town, "a@ville.example", None).await, person(&town, "b@ville.example", None).await);
    register(records, &user, &mut Device::new(1), "x").await.unwrap();
    let again = register(records, &other, &mut Device::new(1), "x").await;
    assert!(matches!(again, Err(Error::Passkey(PasskeyError::Taken))));
    let own = records.passkeys(user.id).await.unwrap()[0].id;
    assert!(matches!(records.remove_passkey(&other, own).await, Err(Error::NotFound { .. })));
    assert!(matches!(records.rename_passkey(&other, own, "mienne").await, Err(Error::NotFound { .. })));
    town.close().await;
}

async fn the_only_way_in_stays(town: Town) {
    let records = &town.platform.records;
    let user = person(&town, "a@ville.example", None).await;
    let (mut one, mut two) = (Device::new(1), Device::new(2));
    let first = register(records, &user, &mut one, "un").await.unwrap();
    assert!(matches!(records.remove_passkey(&user, first).await, Err(Error::Conflict { .. })));
    register(records, &user, &mut two, "deux").await.unwrap();
    records.remove_passkey(&user, first).await.unwrap();
    assert!(matches!(sign_in(records, &mut one).await, Err(Error::Passkey(PasskeyError::Unknown))));
    assert!(sign_in(records, &mut two).await.is_ok());
    let other = person(&town, "b@ville.example", Some("trois-moulins-sur-la-Dive")).await;
    let only = register(records, &other, &mut Device::new(3), "x").await.unwrap();
    records.remove_passkey(&other, only).await.unwrap();
    town.close().await;
}

async fn a_person_has_twenty_at_most(town: Town) {
    let records = &town.platform.records;
    let user = person(&town, "a@ville.example", None).await;
    for seed in 1..=20 {
        register(records, &user, &mut Device::new(seed), "x").await.unwrap();
    }
    let one_more = register(records, &user, &mut Device::new(21), "x").await;
    assert!(matches!(one_more, Err(Error::Invalid { .. })));
    town.close().await;
}

async fn passkeys_come_back_from_a_backup(town: Town) {
    let (user, mut device) = (person(&town, "a@ville.example", None).await, Device::new(1));
    register(&town.platform.records, &user, &mut device, "x").await.unwrap();
    let backup = town.folder.path().join("backup");
    town.platform.backup(&backup).await.unwrap();
    let empty = Town::on_sqlite().await;
    empty.platform.restore(&backup).await.unwrap();
    assert_eq!(sign_in(&empty.platform.records, &mut device).await.unwrap().id, user.id);
    empty.close().await;
    town.close().await;
}
