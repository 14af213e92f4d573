// The list of doubtful addresses as the map needs it: what is chosen of each, and how to choose.

export interface Spot {
  place: number;
  address: string;
  candidates: { id: string; at: [number, number] }[];
  /** Where the map of it begins when it may be nowhere. */
  near: [number, number] | null;
}

export const POINT = "point";

/** The fieldset of an address. */
export const fieldset = (place: number): HTMLFieldSetElement | null =>
  document.querySelector<HTMLFieldSetElement>(`[data-doubt="${place}"]`);

const radios = (place: number): HTMLInputElement[] => [...(fieldset(place)?.querySelectorAll<HTMLInputElement>("input[type=radio]") ?? [])];

const field = (place: number, name: string): HTMLInputElement | null =>
  fieldset(place)?.querySelector<HTMLInputElement>(`input[name="${name}.${place}"]`) ?? null;

/** What is chosen: a candidate's identifier, `point`, or a word that places nothing. */
export const chosen = (place: number): string => radios(place).find((radio) => radio.checked)?.value ?? "";

export function choose(place: number, value: string): void {
  const radio = radios(place).find((one) => one.value === value);
  if (radio === undefined) return;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Where the person places an address, longitude first; nothing while the fields hold no position. */
export function point(place: number): [number, number] | null {
  const read = (name: string): number => {
    const text = field(place, name)?.value.trim().replace(",", ".") ?? "";
    return text === "" ? Number.NaN : Number(text);
  };
  const [lat, lon] = [read("lat"), read("lon")];
  return Number.isFinite(lat) && Number.isFinite(lon) && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lon, lat] : null;
}

/** Places an address by hand. */
export function setPoint(place: number, [lon, lat]: [number, number]): void {
  const write = (name: string, value: number): void => {
    const input = field(place, name);
    if (input !== null) input.value = value.toFixed(6);
  };
  write("lat", lat);
  write("lon", lon);
  choose(place, POINT);
}

/** Where an address is by what is chosen. */
export function where(spot: Spot): [number, number] | null {
  const value = chosen(spot.place);
  if (value === POINT) return point(spot.place);
  return spot.candidates.find(({ id }) => id === value)?.at ?? null;
}
