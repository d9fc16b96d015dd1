// Plays the mixture and its stems in step: PCM comes from the server in chunks, and every chunk of every lane is started at the
// same sample of the audio context's clock. Nothing is fetched before play but the waveforms, in as many columns as are drawn.
const root = document.querySelector("[data-player]");
const rate = Number(root.dataset.rate);
const total = Number(root.dataset.frames);
const channels = Number(root.dataset.channels);
const HEADER_BYTES = 44;
const FRAME_BYTES = 2 * channels;
const AHEAD = 6 * rate;
const FIRST_CHUNK = Math.round(rate / 2);
const LONGEST_CHUNK = 4 * rate;
const LEAD = Math.round(0.15 * rate);
const LEAST_VIEW = rate / 4;

const $ = (name) => root.querySelector(`[data-${name}]`);
const clock = (frames) => {
  const seconds = Math.floor(frames / rate);
  const two = (n) => String(n).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
};

const lanes = [...root.querySelectorAll("[data-lane]")].map((element) => ({
  element,
  name: element.dataset.lane,
  audio: element.dataset.audio,
  mixture: "mixture" in element.dataset,
  wave: element.querySelector("[data-wave]"),
  curve: element.querySelector("[data-curve]"),
  scale: element.querySelector("[data-scale]"),
  level: 1,
  muted: false,
  solo: false,
}));
const alone = lanes.length === 1;

const view = { from: 0, to: total };
let loop = null;
let loopFrom = null;
let compare = alone;
let context = null;
let output = null;
let analyser = null;
let samples = null;
let playing = null;
let rest = 0;
let drawn = 0;
let curves = null;

function openContext() {
  context = new AudioContext({ sampleRate: rate, latencyHint: "playback" });
  output = context.createGain();
  analyser = context.createAnalyser();
  samples = new Float32Array(analyser.fftSize);
  output.connect(analyser).connect(context.destination);
  for (const lane of lanes) {
    lane.gain = context.createGain();
    lane.gain.gain.value = 0;
    lane.gain.connect(output);
  }
  setGains();
}

function gainOf(lane) {
  if (lane.mixture) {
    return compare ? lane.level : 0;
  }
  const heard = lanes.some((other) => other.solo) ? lane.solo : !lane.muted;
  return compare || !heard ? 0 : lane.level;
}

function setGains() {
  for (const lane of lanes) {
    const gain = gainOf(lane);
    lane.element.classList.toggle("silent", gain === 0);
    lane.gain?.gain.setTargetAtTime(gain, context.currentTime, 0.008);
  }
}

const now = () => Math.round(context.currentTime * rate);

async function fetchChunk(lane, from, length, signal) {
  const first = HEADER_BYTES + from * FRAME_BYTES;
  const response = await fetch(lane.audio, {
    headers: { Range: `bytes=${first}-${first + length * FRAME_BYTES - 1}` },
    signal,
  });
  if (response.status !== 206) {
    throw new Error(`${lane.name} cannot be played (${response.status} ${response.statusText})`);
  }
  const pcm = new DataView(await response.arrayBuffer());
  const buffer = context.createBuffer(channels, length, rate);
  for (let channel = 0; channel < channels; channel++) {
    const data = buffer.getChannelData(channel);
    for (let n = 0, at = 2 * channel; n < length; n++, at += FRAME_BYTES) {
      data[n] = pcm.getInt16(at, true) / 32768;
    }
  }
  return buffer;
}

async function feed(session) {
  let next = session.from;
  let at = now() + LEAD;
  let chunk = FIRST_CHUNK;
  while (playing === session) {
    if (at - now() > AHEAD) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      continue;
    }
    const inLoop = loop && next < loop.to;
    const end = inLoop ? loop.to : total;
    if (next >= end) {
      session.endsAt = at;
      return;
    }
    const length = Math.min(chunk, end - next);
    const buffers = await Promise.all(lanes.map((lane) => fetchChunk(lane, next, length, session.abort.signal)));
    if (playing !== session) {
      return;
    }
    at = Math.max(at, now() + (session.plan.length ? 256 : LEAD));
    lanes.forEach((lane, n) => {
      const source = new AudioBufferSourceNode(context, { buffer: buffers[n] });
      source.connect(lane.gain);
      source.start(at / rate);
      session.sources.add(source);
      source.onended = () => session.sources.delete(source);
    });
    session.plan.push({ at, from: next, length });
    at += length;
    next += length;
    if (inLoop && next >= loop.to) {
      next = loop.from;
    }
    chunk = Math.min(2 * chunk, LONGEST_CHUNK);
  }
}

async function play(from) {
  stop();
  try {
    if (!context) {
      openContext();
    }
    await context.resume();
  } catch (problem) {
    complain(`This browser does not play ${rate} Hz (${problem.message})`);
    return;
  }
  const session = { from, plan: [], sources: new Set(), abort: new AbortController(), endsAt: Infinity };
  playing = session;
  rest = from;
  $("trouble").hidden = true;
  showPlaying();
  feed(session).catch((problem) => {
    if (playing === session) {
      stop();
      complain(problem.message);
    }
  });
  requestAnimationFrame(tick);
}

function complain(sentence) {
  $("trouble").textContent = sentence;
  $("trouble").hidden = false;
}

function stop() {
  if (!playing) {
    return;
  }
  rest = position();
  playing.abort.abort();
  playing.sources.forEach((source) => source.stop());
  playing = null;
  showPlaying();
}

function position() {
  if (!playing) {
    return rest;
  }
  const at = now();
  const plan = playing.plan;
  while (plan.length > 1 && plan[1].at <= at) {
    plan.shift();
  }
  if (plan.length && at >= plan[0].at) {
    rest = plan[0].from + Math.min(at - plan[0].at, plan[0].length);
  }
  return rest;
}

function seek(frame) {
  const place = Math.max(0, Math.min(total - 1, Math.round(frame)));
  if (playing) {
    play(place);
  } else {
    rest = place;
    showPosition();
  }
}

function tick() {
  if (!playing) {
    $("meter").value = 0;
    showPosition();
    return;
  }
  if (now() >= playing.endsAt) {
    stop();
    rest = 0;
  }
  analyser.getFloatTimeDomainData(samples);
  $("meter").value = samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  const place = position();
  if (playing && (place > view.to || place < view.from) && view.to - view.from < total) {
    show(place, place + view.to - view.from);
  }
  showPosition();
  requestAnimationFrame(tick);
}

function showPlaying() {
  $("play").textContent = playing ? "Pause" : "Play";
  root.dataset.state = playing ? "playing" : "paused";
}

function showPosition() {
  const place = position();
  $("time").textContent = `${clock(place)} / ${clock(total)}`;
  const slider = $("seek");
  if (document.activeElement !== slider || playing) {
    slider.value = place;
  }
  slider.setAttribute("aria-valuetext", clock(place));
  const width = overlay.clientWidth;
  $("playhead").style.transform = `translateX(${((place - view.from) / (view.to - view.from)) * width}px)`;
}

const overlay = root.querySelector(".overlay");

function showLoop() {
  const range = $("loop-range");
  range.hidden = !loop;
  $("loop").setAttribute("aria-pressed", String(Boolean(loop)));
  $("loop").textContent = loop ? `Loop ${clock(loop.from)}–${clock(loop.to)}` : loopFrom === null ? "Loop" : "Loop to here";
  if (loop) {
    const share = (frame) => Math.max(0, Math.min(1, (frame - view.from) / (view.to - view.from)));
    range.style.left = `${100 * share(loop.from)}%`;
    range.style.width = `${100 * (share(loop.to) - share(loop.from))}%`;
  }
}

function show(from, to) {
  const length = Math.max(LEAST_VIEW, Math.min(total, to - from));
  view.from = Math.round(Math.max(0, Math.min(total - length, from)));
  view.to = Math.round(Math.min(total, view.from + length));
  root.querySelector("[data-view-from]").textContent = clock(view.from);
  root.querySelector("[data-view-to]").textContent = clock(view.to);
  showLoop();
  showPosition();
  draw();
}

function sized(canvas) {
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(canvas.clientWidth * scale));
  canvas.height = Math.max(1, Math.round(canvas.clientHeight * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = pen.strokeStyle = getComputedStyle(canvas).color;
  return pen;
}

async function draw() {
  const drawing = ++drawn;
  const { from, to } = view;
  await Promise.all(
    lanes.map(async (lane) => {
      const scale = window.devicePixelRatio || 1;
      const columns = Math.max(1, Math.min(4096, Math.round(lane.wave.clientWidth * scale)));
      const response = await fetch(`${lane.element.dataset.peaks}?from=${from}&to=${to}&columns=${columns}`);
      if (!response.ok || drawing !== drawn) {
        return;
      }
      const { peaks } = await response.json();
      if (drawing === drawn) {
        drawWave(lane, peaks, columns);
      }
    }),
  );
  drawCurves();
  root.dataset.drawn = String(drawing);
}

function drawWave(lane, peaks, columns) {
  const pen = sized(lane.wave);
  const { width, height } = lane.wave;
  const middle = height / 2;
  const step = width / columns;
  for (let column = 0; column < columns; column++) {
    const low = middle - (peaks[2 * column] / 127) * middle;
    const high = middle - (peaks[2 * column + 1] / 127) * middle;
    pen.fillRect(column * step, high, Math.max(1, step), Math.max(1, low - high));
  }
}

function drawCurves() {
  if (!curves) {
    return;
  }
  const all = Object.values(curves.stems)
    .flat()
    .filter((value) => value !== null)
    .sort((a, b) => a - b);
  const low = Math.min(0, all[Math.floor(0.02 * all.length)] ?? 0);
  const high = Math.max(low + 1, all[Math.floor(0.98 * all.length)] ?? 1);
  for (const lane of lanes.filter((of) => of.curve)) {
    const pen = sized(lane.curve);
    const { width, height } = lane.curve;
    const values = curves.stems[lane.name] ?? [];
    const x = (point) => (((point + 0.5) * curves.secondsPerPoint * rate - view.from) / (view.to - view.from)) * width;
    const y = (value) => height - 3 - ((Math.max(low, Math.min(high, value)) - low) / (high - low)) * (height - 6);
    pen.globalAlpha = 0.4;
    pen.fillRect(0, y(0), width, 1);
    pen.globalAlpha = 1;
    pen.lineWidth = 1.5 * (window.devicePixelRatio || 1);
    pen.beginPath();
    let joined = false;
    values.forEach((value, point) => {
      if (value === null) {
        joined = false;
      } else if (joined) {
        pen.lineTo(x(point), y(value));
      } else {
        pen.moveTo(x(point), y(value));
        pen.lineTo(x(point) + 1, y(value));
        joined = true;
      }
    });
    pen.stroke();
    lane.scale.textContent = `${curves.metric} from ${low.toFixed(1)} to ${high.toFixed(1)} dB`.replaceAll("-", "−");
  }
}

async function loadCurves() {
  const metric = $("metric")?.value;
  if (metric) {
    const response = await fetch(root.dataset.scores + encodeURIComponent(metric));
    curves = response.ok ? await response.json() : null;
    drawCurves();
  }
}

$("play").addEventListener("click", () => (playing ? stop() : play(rest)));
$("seek").addEventListener("input", (event) => seek(Number(event.target.value)));
$("compare")?.addEventListener("click", (event) => {
  compare = !compare;
  event.target.setAttribute("aria-pressed", String(compare));
  setGains();
});
$("loop").addEventListener("click", () => {
  if (loop) {
    loop = null;
    loopFrom = null;
    seek(position());
  } else if (loopFrom === null) {
    loopFrom = position();
  } else {
    setLoop(loopFrom, position());
  }
  showLoop();
});
$("metric")?.addEventListener("change", loadCurves);

function setLoop(one, other) {
  loopFrom = null;
  const from = Math.round(Math.min(one, other));
  const to = Math.round(Math.max(one, other));
  loop = to - from >= rate / 10 ? { from, to } : null;
  if (loop) {
    seek(loop.from);
  }
  showLoop();
}

for (const button of root.querySelectorAll("[data-zoom]")) {
  button.addEventListener("click", () => {
    const length = view.to - view.from;
    const centre = Math.max(view.from, Math.min(view.to, position()));
    const wanted = { in: length / 3, out: length * 3, all: total }[button.dataset.zoom];
    show(centre - wanted / 2, centre + wanted / 2);
  });
}

for (const lane of lanes) {
  const press = (name) =>
    lane.element.querySelector(`[data-${name}]`)?.addEventListener("click", (event) => {
      const key = name === "mute" ? "muted" : "solo";
      lane[key] = !lane[key];
      event.target.setAttribute("aria-pressed", String(lane[key]));
      setGains();
    });
  press("mute");
  press("solo");
  lane.element.querySelector("[data-level]").addEventListener("input", (event) => {
    const db = Number(event.target.value);
    lane.level = db <= Number(event.target.min) ? 0 : 10 ** (db / 20);
    event.target.setAttribute("aria-valuetext", lane.level === 0 ? "off" : `${db} dB`);
    setGains();
  });
}

const area = $("lanes");
let dragFrom = null;
const frameAt = (event) => {
  const box = overlay.getBoundingClientRect();
  const share = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
  return view.from + share * (view.to - view.from);
};
area.addEventListener("pointerdown", (event) => {
  if (event.target.closest(".lane-body") && event.button === 0) {
    dragFrom = { x: event.clientX, frame: frameAt(event) };
  }
});
area.addEventListener("pointerup", (event) => {
  if (dragFrom) {
    if (Math.abs(event.clientX - dragFrom.x) > 5) {
      setLoop(dragFrom.frame, frameAt(event));
    } else {
      seek(dragFrom.frame);
    }
    dragFrom = null;
  }
});
addEventListener("pointercancel", () => (dragFrom = null));
addEventListener("keydown", (event) => {
  if (event.key === " " && (event.target === document.body || event.target.id === "content")) {
    event.preventDefault();
    $("play").click();
  }
});
addEventListener("pagehide", stop);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
let resized;
new ResizeObserver(() => {
  clearTimeout(resized);
  resized = setTimeout(() => show(view.from, view.to), 100);
}).observe(area);

setGains();
showPlaying();
loadCurves();
