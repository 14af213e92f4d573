// Passkeys: on the sign-in page, and where one adds one's own. The page says so plainly when they can't work.
import { register } from "./passkey/register";
import { signIn } from "./passkey/sign-in";

for (const place of document.querySelectorAll<HTMLElement>("[data-passkey-sign-in]")) signIn(place);
for (const form of document.querySelectorAll<HTMLFormElement>("[data-passkey-register]")) register(form);
