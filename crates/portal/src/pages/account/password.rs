//! A lost password: a link to choose another goes to the person's own address.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::Response;
use catalog::mail::Mail;

use super::super::frame::Frame;
use super::fields::Fields;
use crate::State;
use crate::i18n::Text;
use crate::pages::Reader;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "account/forgotten.html")]
struct ForgottenPage {
    t: Text,
    frame: Frame,
    /// Whether this portal sends mail at all.
    mails: bool,
}

/// The page.
pub async fn forgotten(reader: Reader, Extract(state): Extract<State>) -> Response {
    let t = reader.t;
    let mut frame = Frame::new(&reader, "account", t.get("forgotten-title"), t.get("forgotten-lead"));
    frame.indexed = false;
    reader.own(Ok(ForgottenPage { t, frame, mails: state.mailer().is_some() }))
}

/// Sends the link, and says the same whether the address is known or not.
pub async fn send_link(reader: Reader, Extract(state): Extract<State>, fields: Fields) -> Response {
    if state.mailer().is_none() {
        return forgotten(reader, Extract(state)).await;
    }
    let email = fields.line("email").to_owned();
    let (t, base) = (reader.t, reader.base.clone());
    // Not waited for: how long the mail takes would tell whether the address is known.
    tokio::spawn(async move {
        if let Err(problem) = mail_link(&state, t, &base, &email).await {
            tracing::error!(%problem, "a link to choose a new password could not be sent");
        }
    });
    reader.redirect("/sign-in?done=link")
}

async fn mail_link(state: &State, t: Text, base: &str, email: &str) -> Result<(), Problem> {
    let Some(mailer) = state.mailer() else { return Ok(()) };
    let Some((new, user)) = state.platform.records.invite_to_reset(email, state.config.reset_time).await? else {
        return Ok(());
    };
    let url = format!("{base}/invitation/{}", new.secret);
    let site = state.config.site_name.as_str();
    let until = t.instant(&new.invitation.expires_at);
    mailer
        .send(Mail {
            to: user.email,
            subject: t.with("mail-reset-subject", "site", site),
            text: t.with_all("mail-reset-text", &[("site", site), ("url", &url), ("until", &until)]),
        })
        .await?;
    Ok(())
}
