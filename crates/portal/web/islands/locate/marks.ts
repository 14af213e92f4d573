// What the map draws: places that addresses may be, those that are chosen, and the streets around as dots and names.
import type { Feature, FeatureCollection } from "geojson";
import type { GeoJSONSource, LayerSpecification, Map as MapLibre } from "maplibre-gl";
import type { Palette } from "../map/palette";
import { chosen, where, type Spot } from "./list";

const EMPTY: FeatureCollection = { type: "FeatureCollection", features: [] };

export function addSources(map: MapLibre, colours: Palette): void {
  for (const id of ["around", "spots"]) map.addSource(id, { type: "geojson", data: EMPTY });
  for (const layer of layers(colours)) map.addLayer(layer);
}

function layers(colours: Palette): LayerSpecification[] {
  return [
    { id: "communes", type: "line", source: "around", filter: ["==", ["get", "kind"], "commune"], paint: { "line-color": colours.region, "line-width": 1.5, "line-dasharray": [3, 2] } },
    {
      id: "numbers",
      type: "circle",
      source: "around",
      filter: ["==", ["get", "kind"], "number"],
      paint: { "circle-color": colours.region, "circle-radius": ["interpolate", ["linear"], ["zoom"], 12, 1, 17, 3.5], "circle-opacity": 0.7 },
    },
    {
      id: "streets",
      type: "symbol",
      source: "around",
      minzoom: 14,
      filter: ["==", ["get", "kind"], "street"],
      layout: { "icon-image": ["concat", "name-", ["get", "name"]], "icon-padding": 4 },
    },
    {
      id: "spots",
      type: "circle",
      source: "spots",
      paint: {
        "circle-color": ["case", ["get", "chosen"], colours.mark, colours.halo],
        "circle-radius": ["case", ["get", "shown"], 10, 5],
        "circle-stroke-color": colours.mark,
        "circle-stroke-width": ["case", ["get", "shown"], 3, 1.5],
        "circle-opacity": ["case", ["get", "shown"], 1, 0.6],
      },
    },
  ];
}

/** Draws every place of the page, those of the address that is looked at above the others. */
export function drawSpots(map: MapLibre, spots: Spot[], shown: number | null): void {
  const features: Feature[] = [];
  for (const spot of spots) {
    const at = where(spot);
    const value = chosen(spot.place);
    const is = spot.place === shown;
    const mark = (id: string, place: [number, number], picked: boolean): Feature => ({
      type: "Feature",
      properties: { place: spot.place, id, chosen: picked, shown: is },
      geometry: { type: "Point", coordinates: place },
    });
    for (const { id, at: place } of spot.candidates) features.push(mark(id, place, id === value));
    if (at !== null && !spot.candidates.some(({ id }) => id === value)) features.push(mark("point", at, true));
  }
  features.sort((a, b) => Number(a.properties?.["shown"]) - Number(b.properties?.["shown"]));
  (map.getSource("spots") as GeoJSONSource).setData({ type: "FeatureCollection", features });
}

/** Asks for the streets of what the map shows. */
export async function drawAround(map: MapLibre, url: string): Promise<void> {
  const bounds = map.getBounds();
  const bbox = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((degrees) => degrees.toFixed(5)).join(",");
  const answer = await fetch(`${url}?bbox=${bbox}`, { headers: { accept: "application/geo+json" } });
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  (map.getSource("around") as GeoJSONSource).setData((await answer.json()) as FeatureCollection);
}

/** Draws the names of streets as images: letters of a style would need a server of glyphs. */
export function drawNames(map: MapLibre, colours: () => Palette): void {
  map.setMissingStyleImageResolver((id) => {
    const name = /^name-(.+)$/su.exec(id)?.[1];
    if (name === undefined || map.hasImage(id)) return;
    const image = words(name, colours());
    if (image !== null) map.addImage(id, image, { pixelRatio: 2 });
  });
}

function words(name: string, colours: Palette): ImageData | null {
  const canvas = document.createElement("canvas");
  const font = `24px ${getComputedStyle(document.body).fontFamily}`;
  const ruler = canvas.getContext("2d");
  if (ruler === null) return null;
  ruler.font = font;
  canvas.width = Math.min(600, Math.ceil(ruler.measureText(name).width) + 12);
  canvas.height = 36;
  const context = canvas.getContext("2d");
  if (context === null) return null;
  context.font = font;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 6;
  context.strokeStyle = colours.halo;
  context.strokeText(name, 6, 18, canvas.width - 12);
  context.fillStyle = getComputedStyle(document.body).color;
  context.fillText(name, 6, 18, canvas.width - 12);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
