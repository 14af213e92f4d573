// The style of a map: the outlines of the country, then the rows. Labels would need glyphs from a server: there are
// none, and the counts of groups are images drawn here.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { Palette } from "./palette";

/** Layers that answer to a click, topmost first. */
export const CLUSTERS = ["rows-groups", "points-groups"];
export const MARKS = ["points-marks", "rows-marks", "shapes-marks", "shapes-lines", "rows-lines", "shapes-areas", "rows-areas"];

export function baseStyle(base: string, colours: Palette): StyleSpecification {
  return {
    version: 8,
    sources: { base: { type: "geojson", data: base } },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colours.sea } },
      { id: "land", type: "fill", source: "base", filter: ["==", ["get", "kind"], "land"], paint: { "fill-color": colours.land } },
      {
        id: "departements",
        type: "line",
        source: "base",
        filter: ["==", ["get", "kind"], "land"],
        paint: { "line-color": colours.border, "line-width": 1 },
      },
      {
        id: "regions",
        type: "line",
        source: "base",
        filter: ["==", ["get", "kind"], "region"],
        paint: { "line-color": colours.region, "line-width": 1.2 },
      },
    ],
  };
}

/** Layers of rows from one source; `count` is the property that holds the size of a group of points. */
export function rowLayers(source: string, colours: Palette, count: string, sourceLayer?: string): LayerSpecification[] {
  const from = sourceLayer === undefined ? { source } : { source, "source-layer": sourceLayer };
  const geometry = (type: string): ExpressionSpecification => ["==", ["geometry-type"], type];
  const size: ExpressionSpecification = ["coalesce", ["get", count], 1];
  const point = (grouped: boolean): FilterSpecification => ["all", geometry("Point"), [grouped ? ">" : "<=", size, 1]];
  return [
    { id: `${source}-areas`, type: "fill", ...from, filter: geometry("Polygon"), paint: { "fill-color": colours.mark, "fill-opacity": 0.3 } },
    {
      id: `${source}-outlines`,
      type: "line",
      ...from,
      filter: geometry("Polygon"),
      paint: { "line-color": colours.mark, "line-width": 1.2 },
    },
    {
      id: `${source}-lines`,
      type: "line",
      ...from,
      filter: geometry("LineString"),
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": colours.mark, "line-width": ["interpolate", ["linear"], ["zoom"], 6, 1.2, 16, 4] },
    },
    {
      id: `${source}-marks`,
      type: "circle",
      ...from,
      filter: point(false),
      paint: {
        "circle-color": colours.mark,
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 5, 4, 16, 8],
        "circle-stroke-color": colours.halo,
        "circle-stroke-width": 1.5,
      },
    },
    {
      id: `${source}-groups`,
      type: "symbol",
      ...from,
      filter: point(true),
      layout: {
        "icon-image": ["concat", "group-", ["to-string", size]],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "symbol-sort-key": size,
      },
    },
  ];
}
