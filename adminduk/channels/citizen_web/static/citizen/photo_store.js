// Pictures that wait to be sent, in this browser only: so that closing it loses nothing. They go when they have
// arrived, when the person signs out (the server says so to the browser), and after 30 days.

const NAME = "foto";
const KEPT = 30 * 24 * 3600 * 1000;

function asked(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

async function within(mode, act) {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("pictures", { keyPath: "id" });
  const database = await asked(opening);
  try {
    return await act(database.transaction("pictures", mode).objectStore("pictures"));
  } finally {
    database.close();
  }
}

// Some browsers have no such place (private windows): then a closed browser loses what was not sent, as before.
async function ifPossible(act, otherwise) {
  try {
    return await act();
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) return otherwise;
    throw error;
  }
}

export const keep = (record) =>
  ifPossible(async () => {
    await within("readwrite", (place) => asked(place.put(record)));
    localStorage.setItem(NAME, "1");
  });

export const all = () =>
  ifPossible(async () => {
    const found = await within("readonly", (place) => asked(place.getAll()));
    const old = found.filter((record) => record.created + KEPT < Date.now());
    if (old.length) await remove(old);
    return found.filter((record) => !old.includes(record)).sort((a, b) => a.position - b.position);
  }, []);

export const remove = (records) =>
  ifPossible(async () => {
    const left = await within("readwrite", async (place) => {
      for (const record of records) place.delete(record.id);
      return asked(place.count());
    });
    if (left) return;
    localStorage.removeItem(NAME);
    indexedDB.deleteDatabase(NAME);
  });
