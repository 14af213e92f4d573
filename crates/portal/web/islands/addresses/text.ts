import en from "../locales/en/addresses.json";
import fr from "../locales/fr/addresses.json";
import { sentences, type Text } from "../text";

export type AddressesText = Text<keyof typeof fr>;

export const addressesText = (language: string): AddressesText => sentences(language, { fr, en });
