// Images of groups of points: a disc that grows with the count, and the count in it.
import type { Map as MapLibre } from "maplibre-gl";
import type { Palette } from "./palette";

const RATIO = 2;

/** Draws the image of a group each time the style asks for one it hasn't. */
export function drawGroups(map: MapLibre, colours: () => Palette, language: string): void {
  const compact = new Intl.NumberFormat(language, { notation: "compact", maximumSignificantDigits: 3 });
  map.setMissingStyleImageResolver((id) => {
    const count = Number(/^group-(\d+)$/.exec(id)?.[1]);
    if (!Number.isFinite(count) || map.hasImage(id)) return;
    const image = disc(count, compact.format(count), colours());
    if (image !== null) map.addImage(id, image, { pixelRatio: RATIO });
  });
}

/** Forgets the images, which are then drawn in the colours of now. */
export function forgetGroups(map: MapLibre): void {
  for (const id of map.listImages()) if (id.startsWith("group-")) map.removeImage(id);
}

function disc(count: number, label: string, colours: Palette): ImageData | null {
  const size = Math.min(64, 26 + 7 * Math.log10(count)) * RATIO;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.ceil(size);
  const context = canvas.getContext("2d");
  if (context === null) return null;
  const middle = canvas.width / 2;
  context.beginPath();
  context.arc(middle, middle, middle - 2 * RATIO, 0, 2 * Math.PI);
  context.fillStyle = colours.mark;
  context.fill();
  context.lineWidth = 2 * RATIO;
  context.strokeStyle = colours.halo;
  context.stroke();
  context.fillStyle = colours.onMark;
  context.font = `700 ${11 * RATIO}px ${getComputedStyle(document.body).fontFamily}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(label, middle, middle + RATIO / 2, canvas.width - 8 * RATIO);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
