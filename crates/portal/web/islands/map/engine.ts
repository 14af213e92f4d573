// One map: its rows, its popup, its keys.
import { AttributionControl, Map as MapLibre, NavigationControl, Popup, setWorkerUrl, type LngLatLike, type MapGeoJSONFeature } from "maplibre-gl";
import engineCss from "maplibre-gl/dist/maplibre-gl.css";
import { addStyles, element } from "../dom";
import { drawGroups, forgetGroups } from "./groups";
import { legend, type Kind } from "./legend";
import ownCss from "./map.css";
import { readOptions, type Options } from "./options";
import { onSchemeChange, palette } from "./palette";
import { popupContent, rowValues } from "./popup";
import { addRows, groupZoom } from "./rows";
import { baseStyle, CLUSTERS, MARKS } from "./style";
import { mapText, type MapText } from "./text";

export { startAddresses, startPlacing } from "./addresses";
export { startLocating } from "./locate";

/** Mainland France, when the page doesn't say where the rows are. */
const FRANCE: [number, number, number, number] = [-5.2, 41.3, 9.7, 51.1];
let styled = false;

/** Puts a live map in the box; throws, with the box as it was, when the browser cannot draw one. */
export async function start(box: HTMLElement): Promise<void> {
  const options = readOptions(box);
  const text = mapText(options.language);
  setWorkerUrl(options.worker);
  if (!styled) addStyles(engineCss + ownCss);
  styled = true;

  const before = [...box.childNodes];
  const status = element("p", { role: "status", class: "map-hidden" });
  const canvas = element("div");
  const view = element("div", { class: "map-view" }, canvas, element("div", { class: "map-cross", "aria-hidden": "true" }));
  box.replaceChildren(view, status);
  box.classList.add("is-live");
  try {
    await new LiveMap(box, canvas, status, options, text).ready();
  } catch (error) {
    box.classList.remove("is-live");
    box.replaceChildren(element("p", { role: "alert" }, text("mapFailed")), ...before);
    throw error;
  }
}

class LiveMap {
  private readonly map: MapLibre;
  private popup: Popup | undefined;

  constructor(
    private readonly box: HTMLElement,
    container: HTMLElement,
    private readonly status: HTMLElement,
    private readonly options: Options,
    private readonly text: MapText,
  ) {
    this.map = new MapLibre({
      container,
      style: baseStyle(options.base, palette(box)),
      bounds: options.bbox ?? FRANCE,
      fitBoundsOptions: { padding: 32, maxZoom: 15 },
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
        "Popup.Close": text("close"),
        "CooperativeGesturesHandler.MobileHelpText": text("twoFingers"),
        "Map.Title": `${text("map")}. ${text("mapKeys")}`,
      },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    this.map.addControl(new AttributionControl({ compact: true, customAttribution: text("base") }), "bottom-right");
  }

  /** Waits for the first picture with the rows. */
  async ready(): Promise<void> {
    const { map } = this;
    await new Promise<void>((loaded, failed) => {
      map.once("load", () => loaded());
      map.once("error", ({ error }) => failed(error));
    });
    map.on("error", () => this.say(this.text("partFailed")));
    drawGroups(map, () => palette(this.box), this.options.language);
    await addRows(map, this.options, palette(this.box));
    map.once("idle", () => this.finish());
    for (const layer of [...CLUSTERS, ...MARKS]) {
      if (map.getLayer(layer) === undefined) continue;
      map.on("mouseenter", layer, () => map.getCanvas().classList.add("is-over"));
      map.on("mouseleave", layer, () => map.getCanvas().classList.remove("is-over"));
    }
    map.on("click", ({ point }) => void this.open([point.x, point.y], 6));
    map.getCanvas().addEventListener("keydown", (event) => this.key(event));
    onSchemeChange(() => this.recolour());
  }

  /** Adds the legend once it is known what is drawn, and says that the map is there. */
  private finish(): void {
    const kinds: Kind[] = [];
    if (this.drawn("-marks")) kinds.push("points");
    if (this.drawn("-groups")) kinds.push("cluster");
    if (this.drawn("-lines")) kinds.push("lines");
    if (this.drawn("-areas")) kinds.push("areas");
    this.box.append(legend(kinds, this.options.list, this.text));
    this.box.style.setProperty("--map-key", palette(this.box).mark);
    this.box.dispatchEvent(new CustomEvent("map:ready", { bubbles: true }));
  }

  private drawn(suffix: string): boolean {
    const layers = [...CLUSTERS, ...MARKS].filter((id) => id.endsWith(suffix) && this.map.getLayer(id) !== undefined);
    return layers.length > 0 && this.map.queryRenderedFeatures({ layers }).length > 0;
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape") this.popup?.remove();
    if (event.key !== "Enter") return;
    const { clientWidth, clientHeight } = this.map.getCanvas();
    void this.open([clientWidth / 2, clientHeight / 2], 40);
  }

  /** Opens what is nearest to a point of the screen: a group falls apart, a row shows its values. */
  private async open([x, y]: [number, number], reach: number): Promise<void> {
    const layers = [...CLUSTERS, ...MARKS].filter((id) => this.map.getLayer(id) !== undefined);
    const found = this.map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers });
    const feature = this.nearest(found, x, y);
    if (feature === undefined) {
      if (reach > 10) this.say(this.text("nothingHere"));
      return;
    }
    const at = anchor(feature) ?? this.map.unproject([x, y]);
    if (CLUSTERS.includes(feature.layer.id)) {
      const zoom = await groupZoom(this.map, feature.source, feature.properties["cluster_id"]);
      this.map.easeTo({ center: at, zoom });
      return;
    }
    await this.showRow(feature, at);
  }

  private nearest(features: MapGeoJSONFeature[], x: number, y: number): MapGeoJSONFeature | undefined {
    const distance = (feature: MapGeoJSONFeature): number => {
      const at = anchor(feature);
      if (at === null) return 0.5;
      const point = this.map.project(at);
      // A point lies on top of the lines and areas under it.
      return Math.hypot(point.x - x, point.y - y) / 1e6;
    };
    return features.map((feature) => ({ feature, far: distance(feature) })).sort((a, b) => a.far - b.far)[0]?.feature;
  }

  private async showRow(feature: MapGeoJSONFeature, at: LngLatLike): Promise<void> {
    const id = Number(feature.properties["__id"] ?? feature.id);
    try {
      const row = Number.isFinite(id) ? await rowValues(this.options.rowsUrl, id) : feature.properties;
      if (row === undefined) return;
      const title = this.text("record", { id: new Intl.NumberFormat(this.options.language).format(id) });
      this.popup?.remove();
      this.popup = new Popup({ maxWidth: "22rem" }).setLngLat(at).setDOMContent(popupContent(row, title, this.options.language, this.text)).addTo(this.map);
      const popup = this.popup;
      popup.getElement()?.addEventListener("keydown", (event) => {
        if (event.key === "Escape") popup.remove();
      });
      popup.on("close", () => this.map.getCanvas().focus({ preventScroll: true }));
    } catch {
      this.say(this.text("partFailed"));
    }
  }

  private recolour(): void {
    const colours = palette(this.box);
    const { map } = this;
    this.box.style.setProperty("--map-key", colours.mark);
    map.setPaintProperty("sea", "background-color", colours.sea);
    map.setPaintProperty("land", "fill-color", colours.land);
    map.setPaintProperty("departements", "line-color", colours.border);
    map.setPaintProperty("regions", "line-color", colours.region);
    for (const { id, type } of map.getStyle().layers) {
      if (!/^(rows|shapes|points)-/.test(id)) continue;
      if (type === "fill") map.setPaintProperty(id, "fill-color", colours.mark);
      if (type === "line") map.setPaintProperty(id, "line-color", colours.mark);
      if (type === "circle") {
        map.setPaintProperty(id, "circle-color", colours.mark);
        map.setPaintProperty(id, "circle-stroke-color", colours.halo);
      }
    }
    forgetGroups(map);
  }

  private say(sentence: string): void {
    this.status.textContent = sentence;
  }
}

function anchor(feature: MapGeoJSONFeature): [number, number] | null {
  if (feature.geometry.type !== "Point") return null;
  const [lon, lat] = feature.geometry.coordinates;
  return lon === undefined || lat === undefined ? null : [lon, lat];
}
