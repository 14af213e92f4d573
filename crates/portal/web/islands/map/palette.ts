// Colours of the map, in light or dark as the page is now: `--map-…` where the page sets it, else the portal's own.

export interface Palette {
  sea: string;
  land: string;
  border: string;
  region: string;
  mark: string;
  onMark: string;
  halo: string;
}

const LIGHT: Palette = { sea: "#dde6ee", land: "#fbf8f1", border: "#cdc6b6", region: "#9b917c", mark: "#24507f", onMark: "#ffffff", halo: "#ffffff" };
const DARK: Palette = { sea: "#10161d", land: "#1f2730", border: "#3a4653", region: "#66788a", mark: "#8fbbe8", onMark: "#0d1319", halo: "#0d1319" };

/** The portal's colours for what is drawn from data. */
const PORTAL: Partial<Record<keyof Palette, string>> = { mark: "--woad", onMark: "--on-woad", halo: "--sheet" };

export function palette(box: HTMLElement): Palette {
  const styles = getComputedStyle(box);
  const chosen = { ...(isDark(box) ? DARK : LIGHT) };
  for (const name of Object.keys(chosen) as (keyof Palette)[]) {
    for (const property of [PORTAL[name], `--map-${name.toLowerCase()}`]) {
      const own = property === undefined ? "" : styles.getPropertyValue(property).trim();
      if (own !== "") chosen[name] = own;
    }
  }
  return chosen;
}

/** Whether text on this part of the page is light, whatever made it so. */
function isDark(box: HTMLElement): boolean {
  const [red = 0, green = 0, blue = 0] = (getComputedStyle(box).color.match(/[\d.]+/g) ?? []).map(Number);
  return red * 0.3 + green * 0.59 + blue * 0.11 > 128;
}

/** Calls back when the page may have gone from light to dark. */
export function onSchemeChange(changed: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
  new MutationObserver(changed).observe(document.documentElement, { attributes: true });
}
