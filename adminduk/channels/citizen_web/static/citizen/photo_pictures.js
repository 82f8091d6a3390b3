// A photograph as it leaves the phone: upright, at most 2000 px, a new JPEG without place, time and device; and how it looks.

const LONGEST_SIDE = 2000;
const LOOKED_AT = 600; // px
const READABLE = /^image\/(jpeg|png|webp|avif|heic|heif)$/;
const QUALITY = 0.85;
// Measured on good and spoiled pictures of documents: see docs/adr/0015-photographs-on-the-phone.md.
const DARK_LIGHTS = 90;
const DARK_MEAN = 40;
const FULL_LIGHT = 200;
const FLAT = 100; // variance of the Laplacian
const SOFT = 0.2; // Laplacian against gradient, where the picture has edges
const TILE = 24;

// {blob, warnings, canvas size}, or the file itself where the browser cannot read it: the server will.
export async function prepared(file, { turns = 0, isPortrait = false } = {}) {
  const picture = READABLE.test(file.type) ? await decoded(file) : null;
  if (!picture) return { blob: file, isSeen: false, warnings: [] };
  const canvas = drawn(picture, LONGEST_SIDE, turns);
  picture.close();
  const warnings = warningsOf(drawn(canvas, LOOKED_AT, 0), isPortrait);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  const size = { width: canvas.width, height: canvas.height };
  canvas.width = canvas.height = 0; // old phones keep the memory otherwise
  return blob ? { blob, isSeen: true, warnings, ...size } : { blob: file, isSeen: false, warnings: [] };
}

async function decoded(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch (error) {
    if (error instanceof DOMException || error instanceof RangeError) return null;
    throw error;
  }
}

function drawn(picture, longest, turns) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const canvas = document.createElement("canvas");
  const isLying = turns % 2 === 1;
  canvas.width = isLying ? height : width;
  canvas.height = isLying ? width : height;
  const paper = canvas.getContext("2d", { alpha: false });
  paper.fillStyle = "#fff";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.imageSmoothingQuality = "high";
  paper.translate(canvas.width / 2, canvas.height / 2);
  paper.rotate((turns * Math.PI) / 2);
  paper.drawImage(picture, -width / 2, -height / 2, width, height);
  return canvas;
}

function warningsOf(canvas, isPortrait) {
  const light = lightOf(canvas);
  const { mean, lights, flatness, softness } = measures(light, canvas.width, canvas.height);
  const warnings = [];
  if (mean < DARK_MEAN || lights < DARK_LIGHTS) warnings.push("dark");
  // A face is smooth by nature: there only soft edges tell. What is dark is flat for that reason alone.
  const inFullLight = flatness * (FULL_LIGHT / Math.max(lights, 1)) ** 2;
  if (softness < SOFT || (!isPortrait && inFullLight < FLAT)) warnings.push("blurred");
  return warnings;
}

function lightOf(canvas) {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const light = new Float32Array(data.length / 4);
  for (let i = 0; i < light.length; i += 1) {
    light[i] = 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2];
  }
  return light;
}

// mean and 95th percentile of the light, variance of the Laplacian, and its relation to the gradient on the edges
export function measures(light, width, height) {
  const histogram = new Uint32Array(256);
  let sum = 0;
  for (const value of light) {
    sum += value;
    histogram[Math.min(255, Math.round(value))] += 1;
  }
  let lights = 255;
  for (let above = 0; lights > 0 && above < light.length / 20; lights -= 1) above += histogram[lights];
  const tiles = [];
  const all = { count: 0, laplacian: 0, squared: 0 };
  for (let top = 1; top < height - 1; top += TILE) {
    for (let left = 1; left < width - 1; left += TILE) {
      const tile = tileOf(light, width, left, top, Math.min(width - 1, left + TILE), Math.min(height - 1, top + TILE));
      for (const name of Object.keys(all)) all[name] += tile[name];
      tiles.push(tile);
    }
  }
  const edges = tiles.sort((a, b) => b.gradient / b.count - a.gradient / a.count);
  const ratios = edges.slice(0, Math.max(4, Math.floor(tiles.length / 10))).map(softnessOf).sort((a, b) => a - b);
  return {
    mean: sum / light.length,
    lights,
    flatness: all.squared / all.count - (all.laplacian / all.count) ** 2,
    softness: ratios[Math.floor(ratios.length / 2)],
  };
}

function tileOf(light, width, left, top, right, bottom) {
  const tile = { count: 0, laplacian: 0, squared: 0, gradient: 0 };
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const i = y * width + x;
      const edge = 4 * light[i] - light[i - 1] - light[i + 1] - light[i - width] - light[i + width];
      const across = light[i + 1] - light[i - 1];
      const down = light[i + width] - light[i - width];
      tile.count += 1;
      tile.laplacian += edge;
      tile.squared += edge * edge;
      tile.gradient += across * across + down * down;
    }
  }
  return tile;
}

function softnessOf({ count, laplacian, squared, gradient }) {
  return (squared / count - (laplacian / count) ** 2) / (gradient / count + 1);
}
