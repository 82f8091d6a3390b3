// One picture by tus 1.0: in parts, each acknowledged; after a break from where it was.

const LARGEST_PART = 256 * 1024;
const SMALLEST_PART = 32 * 1024;
const LONGEST_PAUSE = 30_000; // milliseconds
const PATIENCE = 120_000;

// The server said no for good: the form tells in words why.
export class Refused extends Error {}
// Another session, or none: the page must be loaded anew.
export class SignedOut extends Error {}
class Broken extends Error {}

const BEGIN_ANEW = Symbol("begin anew");

// Returns the id under which the server has the whole picture. `record.address` is kept by `keep` as soon as it is
// known. `told` hears {sent} or {pause} (milliseconds until the next try).
export async function upload(record, { token, keep, told }) {
  let at;
  let part = LARGEST_PART;
  let tries = 0;
  for (;;) {
    try {
      if (!record.address) {
        record.address = await create(record, token);
        await keep(record);
        at = 0;
      }
      if (at === undefined) at = await reached(record.address);
      if (at === record.blob.size) return record.address.split("/").pop();
      const start = at;
      const piece = record.blob.slice(start, start + part);
      at = await append(record.address, piece, start, token, (loaded) => told({ sent: start + loaded }));
      told({ sent: at });
      tries = 0;
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      at = undefined;
      if (error.cause === BEGIN_ANEW) {
        record.address = "";
        if ((tries += 1) < 3) continue;
      }
      part = Math.max(SMALLEST_PART, part / 2); // less is lost next time
      const pause = Math.min(LONGEST_PAUSE, 1000 * 2 ** tries);
      tries += 1;
      told({ pause });
      await awake(pause);
    }
  }
}

// Whether the server has it still, neither taken nor refused. Without an answer: perhaps.
export async function isOpen(address) {
  try {
    await reached(address);
    return true;
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return error.cause !== BEGIN_ANEW;
  }
}

export function giveUp(address, token) {
  return ask("DELETE", address, { token }).catch((error) => {
    if (!(error instanceof Broken || error instanceof SignedOut)) throw error; // it expires by itself
  });
}

// After the pause, or at once when the network is back.
export function awake(pause) {
  return new Promise((done) => {
    const go = () => { clearTimeout(timer); removeEventListener("online", go); done(); };
    const timer = setTimeout(go, pause);
    addEventListener("online", go);
  });
}

async function create(record, token) {
  const answer = await ask("POST", `${record.page}/unggahan`, { token, "Upload-Length": record.blob.size });
  if (answer.status !== 201) throw new Refused(answer.getResponseHeader("Upload-Problem"));
  return answer.getResponseHeader("Location");
}

async function reached(address) {
  const answer = await ask("HEAD", address, {});
  if (answer.status === 404 || answer.status === 410) throw new Broken("gone", { cause: BEGIN_ANEW });
  if (answer.status !== 200) throw new Refused(answer.status);
  return Number(answer.getResponseHeader("Upload-Offset"));
}

async function append(address, piece, offset, token, progress) {
  const body = await piece.arrayBuffer();
  const headers = { token, "Upload-Offset": offset, "Content-Type": "application/offset+octet-stream" };
  if (crypto.subtle) headers["Upload-Checksum"] = `sha256 ${await digest(body)}`;
  const answer = await ask("PATCH", address, headers, body, progress);
  if (answer.status === 204) return Number(answer.getResponseHeader("Upload-Offset"));
  if (answer.status === 404 || answer.status === 410) throw new Broken("gone", { cause: BEGIN_ANEW });
  if ([400, 409, 460].includes(answer.status)) throw new Broken(answer.status);
  throw new Refused(answer.getResponseHeader("Upload-Problem"));
}

async function digest(body) {
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest("SHA-256", body))));
}

function ask(method, address, { token, ...headers }, body = null, progress = null) {
  const request = new XMLHttpRequest();
  request.open(method, address);
  request.timeout = PATIENCE;
  request.setRequestHeader("Tus-Resumable", "1.0.0");
  if (token) request.setRequestHeader("X-CSRFToken", token);
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  if (progress) request.upload.onprogress = (sent) => progress(sent.loaded);
  return new Promise((done, failed) => {
    request.onload = () => {
      if (request.status >= 500) failed(new Broken(request.status));
      else if (!request.getResponseHeader("Tus-Resumable")) failed(new SignedOut());
      else done(request);
    };
    request.onerror = request.ontimeout = () => failed(new Broken("network"));
    request.send(body);
  });
}
