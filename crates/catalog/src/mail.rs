//! Mail that the portal sends: by SMTP, when whoever runs it says through which server.

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use crate::error::{Error, Result};

/// Sends mail through one server. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// A mail of plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// E-mail address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
}

impl Mailer {
    /// A mailer through `smtps://user:password@host`, `smtp://host:587?tls=required` or `smtp://localhost:25`, that
    /// signs `from` (`Open data <no-reply@example.org>`).
    ///
    /// # Errors
    /// When one of them can't be understood.
    pub fn new(url: &str, from: &str) -> Result<Self> {
        // What is wrong is told without the URL: it may hold a password.
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|error| Error::Configuration {
            option: "smtp",
            detail: format!("expected smtps://user:password@host or smtp://host:port?tls=required ({error})"),
        })?;
        let from = from.parse().map_err(|error| Error::Configuration {
            option: "mail-from",
            detail: format!("{from:?} is not an address such as \"Open data <no-reply@example.org>\" ({error})"),
        })?;
        let transport = transport.timeout(Some(std::time::Duration::from_secs(20))).build();
        Ok(Self { transport, from })
    }

    /// Sends.
    ///
    /// # Errors
    /// When the address isn't one, or the server can't be reached or refuses.
    pub async fn send(&self, mail: Mail) -> Result<()> {
        let to: Mailbox = mail.to.parse().map_err(|error| Error::invalid("email", format!("{}: {error}", mail.to)))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(mail.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text)
            .map_err(|error| Error::Mail(error.to_string()))?;
        self.transport.send(message).await.map_err(|error| Error::Mail(error.to_string()))?;
        Ok(())
    }
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailer").field("from", &self.from).finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_wrong_with_the_options_is_told_without_the_password() {
        for (url, from, option) in [
            ("smtps://robot:hunter2@", "a@b.fr", "smtp"),
            ("imap://robot:hunter2@mail.example", "a@b.fr", "smtp"),
            ("smtp://robot:hunter2@mail.example:25", "nobody", "mail-from"),
        ] {
            let error = Mailer::new(url, from).unwrap_err();
            assert!(matches!(error, Error::Configuration { option: told, .. } if told == option), "{error}");
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
        let mailer = Mailer::new("smtp://robot:hunter2@mail.example:25", "Ville <a@b.fr>").unwrap();
        assert!(!format!("{mailer:?}").contains("hunter2"));
    }
}
