// The positions of a form: a fieldset each, the last one empty.

export type LonLat = [number, number];

/** A fieldset of the form. */
export interface Line {
  place: number;
  lat: HTMLInputElement;
  lon: HTMLInputElement;
}

export function lines(form: HTMLElement): Line[] {
  const found: Line[] = [];
  for (const fieldset of form.querySelectorAll<HTMLElement>("[data-position]")) {
    const place = Number(fieldset.dataset["position"]);
    const lat = fieldset.querySelector<HTMLInputElement>(`input[name="lat-${place}"]`);
    const lon = fieldset.querySelector<HTMLInputElement>(`input[name="lon-${place}"]`);
    if (lat !== null && lon !== null) found.push({ place, lat, lon });
  }
  return found;
}

/** Where a line is; nothing while its fields hold no position. */
export function read({ lat, lon }: Line): LonLat | null {
  const [y, x] = [lat, lon].map((field) => {
    const text = field.value.trim().replace(",", ".");
    return text === "" ? Number.NaN : Number(text);
  }) as LonLat;
  return Math.abs(y) <= 90 && Math.abs(x) <= 180 ? [x, y] : null;
}

export function write({ lat, lon }: Line, [x, y]: LonLat): void {
  lat.value = y.toFixed(7);
  lon.value = x.toFixed(7);
}

/** The line that a click places: the first that is empty when none is placed yet, else the one last touched. */
export function target(all: Line[], touched: number): Line | undefined {
  if (all.every((line) => read(line) === null)) return all[0];
  return all.find(({ place }) => place === touched) ?? all[0];
}
