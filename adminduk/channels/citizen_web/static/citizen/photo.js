// Photographs are made smaller before they leave, sending shows its progress, and a form is sent once.
// Without this file everything works too, only with more bytes.

const LONGEST_SIDE = 2000;
const SMALL_ENOUGH = 400_000;
const SHRINKABLE = /^image\/(jpeg|png|webp)$/;

async function shrunk(file) {
  if (!SHRINKABLE.test(file.type) || file.size < SMALL_ENOUGH) return file;
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file; // the browser cannot read it: the server will
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const paper = canvas.getContext("2d");
  paper.fillStyle = "#fff";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
  return small && small.size < file.size ? new File([small], "foto.jpg", { type: "image/jpeg" }) : file;
}

function send(form, data, say) {
  const request = new XMLHttpRequest();
  request.open("POST", form.action || location.href);
  request.setRequestHeader("X-Requested-With", "photo");
  request.setRequestHeader("X-CSRFToken", data.get("csrfmiddlewaretoken"));
  request.responseType = "text";
  request.upload.onprogress = (sent) => {
    if (sent.lengthComputable) say(`${form.dataset.sending} ${Math.round((100 * sent.loaded) / sent.total)} %`);
  };
  return new Promise((done, failed) => {
    request.onload = () => done(request);
    request.onerror = failed;
    request.ontimeout = failed;
    request.send(data);
  });
}

function enhance(form) {
  const status = form.querySelector(".sending");
  const input = form.querySelector("input[type=file]");
  if (!input) return;
  let isBusy = false;
  const say = (text) => { status.textContent = text; };

  async function submit(button) {
    if (isBusy) return;
    isBusy = true;
    form.setAttribute("aria-busy", "true");
    try {
      say(`${form.dataset.sending} …`);
      const data = new FormData(form);
      data.delete(input.name);
      for (const file of input.files) data.append(input.name, await shrunk(file));
      if (button) data.append(button.name, button.value);
      const answer = await send(form, data, say);
      if (answer.status === 204) {
        const next = button && button.name !== "kirim" ? button.name : "";
        if (!next) { location.replace(location.pathname); return; }
        input.value = "";
        form.requestSubmit(button);
        return;
      }
      if (answer.responseURL && answer.status < 300) { location.assign(answer.responseURL); return; }
      document.open();
      document.write(answer.responseText);
      document.close();
    } catch {
      say(form.dataset.failed);
    } finally {
      isBusy = false;
      form.removeAttribute("aria-busy");
    }
  }

  form.addEventListener("submit", (event) => {
    if (!input.files.length) return; // nothing to shrink: the browser does it
    event.preventDefault();
    submit(event.submitter);
  });
}

for (const form of document.querySelectorAll("form[data-photo]")) enhance(form);
