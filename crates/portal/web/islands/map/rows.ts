// Puts the rows on the map: all of them as features for a small layer, whose points are grouped here; vector tiles for
// a large one, whose points the server groups at low zooms.
import type { Feature, FeatureCollection } from "geojson";
import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import type { Options } from "./options";
import type { Palette } from "./palette";
import { rowLayers } from "./style";

/** Rows up to which features are loaded whole. */
const WHOLE = 20_000;
/** Bytes up to which they are: outlines can weigh much. */
const WHOLE_BYTES = 16 << 20;

export async function addRows(map: MapLibre, options: Options, colours: Palette): Promise<void> {
  const features = options.rows <= WHOLE && options.geojson !== "" ? await whole(options.geojson) : null;
  if (features === null) addTiles(map, options.tiles, colours);
  else addFeatures(map, features, colours);
}

function addTiles(map: MapLibre, tiles: string, colours: Palette): void {
  map.addSource("rows", { type: "vector", tiles: [tiles], minzoom: 0, maxzoom: 16 });
  for (const layer of rowLayers("rows", colours, "count", "rows")) map.addLayer(layer);
}

function addFeatures(map: MapLibre, features: Feature[], colours: Palette): void {
  // Grouping takes points only: anything else goes to a source of its own.
  const points = features.filter(({ geometry }) => geometry.type === "Point");
  const shapes = features.filter(({ geometry }) => geometry.type !== "Point");
  map.addSource("shapes", { type: "geojson", data: collection(shapes) });
  map.addSource("points", { type: "geojson", data: collection(points), cluster: true, clusterRadius: 44, clusterMaxZoom: 15 });
  for (const layer of rowLayers("shapes", colours, "point_count")) map.addLayer(layer);
  for (const layer of rowLayers("points", colours, "point_count")) map.addLayer(layer);
}

const collection = (features: Feature[]): FeatureCollection => ({ type: "FeatureCollection", features });

/** The features of all rows, or `null` when they weigh too much. Only their place and number are kept. */
async function whole(url: string): Promise<Feature[] | null> {
  const answer = await fetch(url, { headers: { accept: "application/geo+json" } });
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  const text = await bounded(answer);
  if (text === null) return null;
  const { features } = JSON.parse(text) as { features: Feature[] };
  return features.filter((feature) => feature.geometry !== null).map(slim);
}

function slim(feature: Feature): Feature {
  const id = feature.id ?? (feature.properties?.["__id"] as number | undefined);
  return { type: "Feature", geometry: feature.geometry, properties: id === undefined ? feature.properties : { __id: Number(id) } };
}

async function bounded(answer: Response): Promise<string | null> {
  const reader = answer.body?.getReader();
  if (reader === undefined) return null;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > WHOLE_BYTES) {
      await reader.cancel();
      return null;
    }
    parts.push(part.value);
  }
  return new Blob(parts).text();
}

/** The zoom at which a group falls apart. */
export async function groupZoom(map: MapLibre, source: string, cluster: unknown): Promise<number> {
  if (source === "points" && typeof cluster === "number") {
    return (map.getSource("points") as GeoJSONSource).getClusterExpansionZoom(cluster);
  }
  return map.getZoom() + 2;
}
