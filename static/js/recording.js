// Records sound or film in the browser, where it has a microphone and a camera.

// Little data, clear speech: three minutes stay below one megabyte. Film for somebody to judge a hand by: a minute is 5.
const BITS_A_SECOND = { audioBitsPerSecond: 32000, videoBitsPerSecond: 640000 };
const PICTURE = { facingMode: "environment", width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 20 } };
// Where a browser has several ways to write film, one that every other can play.
const FILM = ["video/mp4;codecs=avc1,mp4a.40.2", "video/webm;codecs=vp8,opus", "video/webm"];

const LONGEST_WAIT = 8000;

export const possible = () => Boolean(window.MediaRecorder && navigator.mediaDevices?.getUserMedia);

// Resolves with something to stop() once the microphone is open, or rejects where that is not allowed. `view` is a <video>
// that shows what the camera sees, and asks for film; `most` bytes end it; `done` gets what was recorded, as a Blob,
// an empty one where nothing came.
export async function start({ view = null, most, done }) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: view ? PICTURE : false });
  const mimeType = view ? FILM.find((one) => MediaRecorder.isTypeSupported(one)) : undefined;
  const recorder = new MediaRecorder(stream, { ...BITS_A_SECOND, mimeType });
  const pieces = [];
  let size = 0;
  let wanted = false;
  const end = () => recorder.state === "recording" && recorder.stop();
  recorder.addEventListener("dataavailable", ({ data }) => {
    pieces.push(data);
    size += data.size;
    // The next second has room still.
    if (size > most * 0.95 || (wanted && size)) end();
  });
  recorder.addEventListener("stop", () => {
    for (const track of stream.getTracks()) track.stop();
    if (view) show(view, null);
    done(new Blob(pieces, { type: recorder.mimeType }));
  });
  recorder.start(1000);
  if (view) show(view, stream);
  return {
    // Stopped at once, a slow phone has nothing yet: the first piece is waited for, though not for ever.
    stop() {
      wanted = true;
      if (size) end();
      else setTimeout(end, LONGEST_WAIT);
    },
  };
}

function show(view, stream) {
  view.hidden = !stream;
  view.muted = true;
  view.srcObject = stream;
  if (stream) view.play().catch(() => {});
}
