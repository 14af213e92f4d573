// The map of doubtful addresses: it shows where the one that is looked at may be, and places it where it is clicked.
import { AttributionControl, LngLatBounds, Map as MapLibre, NavigationControl, setWorkerUrl } from "maplibre-gl";
import engineCss from "maplibre-gl/dist/maplibre-gl.css";
import { addStyles, element } from "../dom";
import { choose, fieldset, setPoint, where, type Spot } from "../locate/list";
import { addSources, drawAround, drawNames, drawSpots } from "../locate/marks";
import { locateText, type LocateText } from "../locate/text";
import ownCss from "./map.css";
import { palette } from "./palette";
import { baseStyle } from "./style";

const FRANCE: [number, number, number, number] = [-5.2, 41.3, 9.7, 51.1];
/** Zoom from which streets are asked for. */
const STREETS = 13;

/** Puts a live map in the box; throws, with the box as it was, when the browser cannot draw one. */
export async function startLocating(box: HTMLElement): Promise<void> {
  const data = box.dataset;
  const text = locateText(data["lang"] ?? document.documentElement.lang);
  const spots = JSON.parse(data["locate"] ?? "[]") as Spot[];
  setWorkerUrl(data["workerUrl"] ?? new URL("./map-worker.js", import.meta.url).href);
  addStyles(engineCss + ownCss);

  const before = [...box.childNodes];
  const status = element("p", { role: "status", class: "map-hidden" });
  const canvas = element("div");
  const view = element("div", { class: "map-view" }, canvas, element("div", { class: "map-cross", "aria-hidden": "true" }));
  box.replaceChildren(view, status);
  box.classList.add("is-live");
  try {
    await new Locating(box, canvas, status, spots, text).ready();
  } catch (error) {
    box.classList.remove("is-live");
    box.replaceChildren(element("p", { role: "alert" }, text("mapFailed")), ...before);
    throw error;
  }
}

class Locating {
  private readonly map: MapLibre;
  private shown: number | null = null;

  constructor(
    private readonly box: HTMLElement,
    container: HTMLElement,
    private readonly status: HTMLElement,
    private readonly spots: Spot[],
    private readonly text: LocateText,
  ) {
    const base = box.dataset["baseUrl"] ?? new URL("./base.geojson", import.meta.url).href;
    this.map = new MapLibre({
      container,
      style: baseStyle(base, palette(box)),
      bounds: bounds(spots) ?? FRANCE,
      fitBoundsOptions: { padding: 48, maxZoom: 16 },
      maxZoom: 19,
      attributionControl: false,
      dragRotate: false,
      touchPitch: false,
      pitchWithRotate: false,
      // A page that scrolls under the hand must not be caught by the map.
      cooperativeGestures: matchMedia("(pointer: coarse)").matches,
      fadeDuration: 0,
      locale: {
        "NavigationControl.ZoomIn": text("zoomIn"),
        "NavigationControl.ZoomOut": text("zoomOut"),
        "CooperativeGesturesHandler.MobileHelpText": text("twoFingers"),
        "Map.Title": `${text("map")}. ${text("mapKeys")}`,
      },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    this.map.addControl(new AttributionControl({ compact: true, customAttribution: text("base") }), "bottom-right");
  }

  async ready(): Promise<void> {
    const { map } = this;
    await new Promise<void>((loaded, failed) => {
      map.once("load", () => loaded());
      map.once("error", ({ error }) => failed(error));
    });
    drawNames(map, () => palette(this.box));
    addSources(map, palette(this.box));
    drawSpots(map, this.spots, null);
    map.on("moveend", () => void this.around());
    map.on("click", ({ point: at, lngLat }) => this.click([at.x, at.y], [lngLat.lng, lngLat.lat]));
    map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      const { lng, lat } = map.getCenter();
      this.place([lng, lat]);
    });
    this.watchList();
    for (const hint of document.querySelectorAll<HTMLElement>(".locate-hint")) hint.hidden = false;
    await this.around();
    map.once("idle", () => this.box.dispatchEvent(new CustomEvent("locate:ready", { bubbles: true })));
    map.triggerRepaint();
  }

  /** An address is looked at when its fieldset is acted in, or its button is pressed. */
  private watchList(): void {
    for (const { place, address } of this.spots) {
      const group = fieldset(place);
      if (group === null) continue;
      const see = element("button", { type: "button", class: "button button-small doubt-see", "aria-label": this.text("seeOf", { address }) }, this.text("see"));
      see.addEventListener("click", () => this.show(place));
      group.append(see);
      group.addEventListener("change", () => {
        this.show(place);
        drawSpots(this.map, this.spots, this.shown);
      });
    }
  }

  private show(place: number): void {
    const spot = this.spots.find((one) => one.place === place);
    if (spot === undefined) return;
    const again = this.shown === place;
    if (this.shown !== null) fieldset(this.shown)?.classList.remove("is-shown");
    this.shown = place;
    fieldset(place)?.classList.add("is-shown");
    drawSpots(this.map, this.spots, place);
    const at = where(spot);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const around = bounds([spot]);
    if (at !== null && !this.map.getBounds().contains(at)) this.map.easeTo({ center: at, zoom: Math.max(this.map.getZoom(), 15), animate: !still });
    else if (at === null && around !== null && !again) this.map.fitBounds(around, { padding: 60, maxZoom: spot.candidates.length > 0 ? 16 : STREETS + 1, animate: !still });
    this.say(this.text("shown", { address: spot.address }));
  }

  /** A place that is drawn is chosen; elsewhere, the address that is looked at is placed. */
  private click([x, y]: [number, number], at: [number, number]): void {
    const found = this.map.queryRenderedFeatures([[x - 8, y - 8], [x + 8, y + 8]], { layers: ["spots"] });
    const own = found.find(({ properties }) => properties["place"] === this.shown) ?? found[0];
    const id = own?.properties["id"] as string | undefined;
    if (own === undefined || id === undefined || id === "point") {
      this.place(at);
      return;
    }
    const place = Number(own.properties["place"]);
    choose(place, id);
    const spot = this.spots.find((one) => one.place === place);
    this.say(this.text("chosen", { address: spot?.address ?? "" }));
    fieldset(place)?.scrollIntoView({ block: "nearest" });
  }

  private place(at: [number, number]): void {
    const spot = this.spots.find((one) => one.place === this.shown);
    if (spot === undefined) {
      this.say(this.text("noneShown"));
      return;
    }
    setPoint(spot.place, at);
    this.say(this.text("placed", { address: spot.address, longitude: at[0].toFixed(5), latitude: at[1].toFixed(5) }));
  }

  private async around(): Promise<void> {
    const url = this.box.dataset["around"];
    if (url === undefined || this.map.getZoom() < STREETS) return;
    try {
      await drawAround(this.map, url);
    } catch {
      this.say(this.text("partFailed"));
    }
  }

  private say(sentence: string): void {
    this.status.textContent = sentence;
  }
}

/** The smallest rectangle around the places of addresses. */
function bounds(spots: Spot[]): LngLatBounds | null {
  const box = new LngLatBounds();
  for (const { candidates, near } of spots) {
    for (const { at } of candidates) box.extend(at);
    if (candidates.length === 0 && near !== null) box.extend(near);
  }
  return box.isEmpty() ? null : box;
}
