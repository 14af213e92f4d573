// The map of a town's addresses: points that open, or marks that are placed.
import type { FeatureCollection } from "geojson";
import { AttributionControl, Map as MapLibre, Marker, NavigationControl, setWorkerUrl, type GeoJSONSource, type MapGeoJSONFeature } from "maplibre-gl";
import engineCss from "maplibre-gl/dist/maplibre-gl.css";
import { lines, read, target, write, type Line, type LonLat } from "../addresses/fields";
import { addressesText, type AddressesText } from "../addresses/text";
import { addStyles, element } from "../dom";
import { drawNames } from "../locate/marks";
import ownCss from "./map.css";
import { onSchemeChange, palette, type Palette } from "./palette";
import { baseStyle } from "./style";

const FRANCE: [number, number, number, number] = [-5.2, 41.3, 9.7, 51.1];
/** Colour of what the town vouches for, where the page says it. */
const LEAF = "--leaf";
let styled = false;

/** The addresses of a base or a street: a click opens one. */
export async function startAddresses(section: HTMLElement): Promise<void> {
  const box = section.querySelector<HTMLElement>("[data-map-box]");
  if (box === null) return;
  section.hidden = false;
  const text = addressesText(section.dataset["lang"] ?? document.documentElement.lang);
  try {
    const chart = new Chart(box, section.dataset, text, text("mapKeys"));
    await chart.ready();
    await chart.load(section.dataset["url"] ?? "");
    chart.openOnClick();
    box.dispatchEvent(new CustomEvent("map:ready", { bubbles: true }));
  } catch (error) {
    section.hidden = true;
    throw error;
  }
}

/** The positions of a form: a click places, a mark is dragged, a field that is typed in moves its mark. */
export async function startPlacing(root: HTMLElement): Promise<void> {
  const box = root.querySelector<HTMLElement>("[data-map-box]");
  if (box === null) return;
  const hint = root.querySelector<HTMLElement>("[data-map-hint]");
  box.hidden = false;
  const text = addressesText(box.dataset["lang"] ?? document.documentElement.lang);
  try {
    const chart = new Chart(box, box.dataset, text, text("placeKeys"));
    await chart.ready();
    await chart.load(box.dataset["url"] ?? "");
    new Placing(root, chart, text).start();
    if (hint !== null) hint.hidden = false;
    box.dispatchEvent(new CustomEvent("map:ready", { bubbles: true }));
  } catch (error) {
    box.hidden = true;
    throw error;
  }
}

class Chart {
  readonly map: MapLibre;
  private readonly status = element("p", { role: "status", class: "map-hidden" });

  constructor(
    readonly box: HTMLElement,
    data: DOMStringMap,
    private readonly text: AddressesText,
    keys: string,
  ) {
    if (!styled) addStyles(engineCss + ownCss);
    styled = true;
    setWorkerUrl(data["workerUrl"] ?? new URL("./map-worker.js", import.meta.url).href);
    const container = element("div");
    const view = element("div", { class: "map-view" }, container, element("div", { class: "map-cross", "aria-hidden": "true" }));
    box.replaceChildren(view, this.status);
    box.classList.add("is-live");
    const bbox = (data["bbox"] ?? "").split(",").map(Number);
    this.map = new MapLibre({
      container,
      style: baseStyle(data["baseUrl"] ?? new URL("./base.geojson", import.meta.url).href, palette(box)),
      bounds: bbox.length === 4 && bbox.every(Number.isFinite) ? (bbox as [number, number, number, number]) : FRANCE,
      fitBoundsOptions: { padding: 32, maxZoom: 17 },
      maxZoom: 20,
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
        "Map.Title": `${box.dataset["label"] ?? ""}. ${keys}`,
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
    map.on("error", () => this.say(this.text("partFailed")));
    drawNames(map, () => palette(this.box));
    map.addSource("addresses", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    this.addLayers(palette(this.box));
    onSchemeChange(() => this.recolour());
  }

  private addLayers(colours: Palette): void {
    const source = "addresses";
    this.map.addLayer({ id: "commune", type: "line", source, filter: ["==", ["get", "kind"], "commune"], paint: { "line-color": colours.region, "line-width": 1.5, "line-dasharray": [3, 2] } });
    this.map.addLayer({
      id: "addresses",
      type: "circle",
      source,
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-color": ["case", ["get", "certified"], this.leaf(), colours.mark],
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 11, 2, 18, 7],
        "circle-stroke-color": colours.halo,
        "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 12, 0.3, 16, 1.5],
      },
    });
    this.map.addLayer({
      id: "labels",
      type: "symbol",
      source,
      minzoom: 16,
      filter: ["==", ["geometry-type"], "Point"],
      layout: { "icon-image": ["concat", "name-", ["get", "short"]], "icon-offset": [0, -14], "icon-padding": 1 },
    });
  }

  private leaf(): string {
    return getComputedStyle(this.box).getPropertyValue(LEAF).trim() || palette(this.box).mark;
  }

  async load(url: string): Promise<void> {
    const answer = await fetch(url, { headers: { accept: "application/geo+json" } });
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
    (this.map.getSource("addresses") as GeoJSONSource).setData((await answer.json()) as FeatureCollection);
  }

  openOnClick(): void {
    const { map } = this;
    map.on("mouseenter", "addresses", () => map.getCanvas().classList.add("is-over"));
    map.on("mouseleave", "addresses", () => map.getCanvas().classList.remove("is-over"));
    map.on("click", ({ point }) => this.open(point.x, point.y, 8));
    map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      const { clientWidth, clientHeight } = map.getCanvas();
      this.open(clientWidth / 2, clientHeight / 2, 60);
    });
  }

  private open(x: number, y: number, reach: number): void {
    const found = this.map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers: ["addresses"] });
    const far = (feature: MapGeoJSONFeature): number => {
      if (feature.geometry.type !== "Point") return Number.POSITIVE_INFINITY;
      const point = this.map.project(feature.geometry.coordinates as LonLat);
      return Math.hypot(point.x - x, point.y - y);
    };
    const href: unknown = found.sort((a, b) => far(a) - far(b))[0]?.properties["href"];
    if (typeof href === "string") window.location.assign(href);
    else if (reach > 10) this.say(this.text("nothingHere"));
  }

  private recolour(): void {
    const colours = palette(this.box);
    const { map } = this;
    map.setPaintProperty("sea", "background-color", colours.sea);
    map.setPaintProperty("land", "fill-color", colours.land);
    map.setPaintProperty("departements", "line-color", colours.border);
    map.setPaintProperty("regions", "line-color", colours.region);
    map.setPaintProperty("commune", "line-color", colours.region);
    map.setPaintProperty("addresses", "circle-color", ["case", ["get", "certified"], this.leaf(), colours.mark]);
    map.setPaintProperty("addresses", "circle-stroke-color", colours.halo);
  }

  say(sentence: string): void {
    this.status.textContent = sentence;
  }
}

class Placing {
  private readonly marks = new Map<number, Marker>();
  private readonly lines: Line[];
  private touched = 0;

  constructor(
    root: HTMLElement,
    private readonly chart: Chart,
    private readonly text: AddressesText,
  ) {
    this.lines = lines(root);
  }

  start(): void {
    const { map } = this.chart;
    for (const line of this.lines) {
      for (const field of [line.lat, line.lon]) {
        field.addEventListener("focus", () => (this.touched = line.place));
        field.addEventListener("input", () => this.draw(line));
      }
      this.draw(line);
    }
    map.on("click", ({ lngLat }) => this.place([lngLat.lng, lngLat.lat]));
    map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      // The form must not be sent by it.
      event.preventDefault();
      const { lng, lat } = map.getCenter();
      this.place([lng, lat]);
    });
  }

  private place(at: LonLat): void {
    const line = target(this.lines, this.touched);
    if (line === undefined) return;
    write(line, at);
    this.draw(line);
    this.tell(at);
  }

  private tell([lon, lat]: LonLat): void {
    this.chart.say(this.text("placed", { latitude: lat.toFixed(5), longitude: lon.toFixed(5) }));
  }

  private draw(line: Line): void {
    const at = read(line);
    const mark = this.marks.get(line.place);
    if (at === null) {
      mark?.remove();
      this.marks.delete(line.place);
      return;
    }
    if (mark !== undefined) {
      mark.setLngLat(at);
      return;
    }
    const made = new Marker({ draggable: true, color: palette(this.chart.box).mark }).setLngLat(at).addTo(this.chart.map);
    // The fields do with the keyboard what the mark does with a pointer.
    const sign = made.getElement();
    sign.removeAttribute("tabindex");
    sign.setAttribute("aria-hidden", "true");
    sign.removeAttribute("role");
    sign.removeAttribute("aria-label");
    made.on("dragend", () => {
      const { lng, lat } = made.getLngLat();
      this.touched = line.place;
      write(line, [lng, lat]);
      this.tell([lng, lat]);
    });
    this.marks.set(line.place, made);
  }
}
