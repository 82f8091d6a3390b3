// Photographs are looked at, turned, made smaller and sent in parts. Without this file the form does everything too.
// Only this beginning is loaded with the page; the rest when a file is chosen, or when one waits to be sent.

let tray;

async function begin() {
  const form = document.querySelector("form[data-photo]");
  const input = form && form.querySelector("input[type=file]");
  if (!form) return;
  let isPlain = false;
  const opened = async () => {
    tray ||= import("./photo_tray.js");
    return (await tray).open(form, input);
  };

  if (input) {
    input.addEventListener("change", async () => (await opened()).choose());
    if (input.files.length) (await opened()).choose(); // Back brings the form as it was left
  }
  form.addEventListener("submit", async (event) => {
    if (isPlain || !input || !input.files.length) return; // nothing to look at: the browser does it
    event.preventDefault();
    try {
      await (await opened()).submit(event.submitter);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      isPlain = true; // the rest of the script did not arrive
      form.requestSubmit(event.submitter);
    }
  });
  if (localStorage.getItem("foto")) (await import("./photo_waiting.js")).show(form);
}

document.addEventListener("page", begin); // an answer with words about errors was put in the place of the page
begin();
