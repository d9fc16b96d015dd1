"""Runs one scoring after another, each in a process of its own, and compares. Started by bench/side-by-side."""

import json
import math
import os
import subprocess
import sys
import tempfile
import time
import warnings

import numpy as np

RATE = 44100
METRICS = ("SDR", "ISR", "SIR", "SAR")
HERE = os.path.dirname(os.path.abspath(__file__))

# name: (sources, channels, seconds, form, window and hop in frames (0: whole signal), other tools)
CASES = {
    "v4-30": (4, 2, 30, "v4", RATE, RATE, ("museval",)),
    "v4-240": (4, 2, 240, "v4", RATE, RATE, ("museval",)),
    "v4-480": (4, 2, 480, "v4", RATE, RATE, ()),
    "v3-images": (4, 2, 10, "v3-images", 2 * RATE, 2 * RATE, ("museval", "mir_eval")),
    "sources": (4, 1, 30, "v3-sources", 0, 0, ("fast_bss_eval", "mir_eval")),
}


def synthesise(folder, sources, channels, seconds):
    """Coloured noise with slow swells, 16 bit; estimates are filtered, leak into each other and carry noise."""
    import soundfile

    random = np.random.default_rng(1)
    frames = seconds * RATE
    swell = np.sin(np.arange(frames)[:, None] * 1e-4)
    references = []
    for j in range(sources):
        noise = random.standard_normal((frames, channels))
        coloured = noise + 0.9 * np.roll(noise, 1, axis=0) + 0.5 * np.roll(noise, j + 2, axis=0)
        references.append(0.03 * coloured * (1.3 + swell * (-1) ** j))
    for j in range(sources):
        estimate = (
            0.9 * references[j]
            + 0.2 * np.roll(references[j], 3, axis=0)
            + 0.15 * references[(j + 1) % sources]
            + 0.003 * random.standard_normal((frames, channels))
        )
        soundfile.write(f"{folder}/ref_{j}.wav", references[j], RATE, subtype="PCM_16")
        soundfile.write(f"{folder}/est_{j}.wav", estimate, RATE, subtype="PCM_16")


def read(folder, prefix):
    import soundfile

    signals = []
    while os.path.exists(f"{folder}/{prefix}{len(signals)}.wav"):
        signals.append(soundfile.read(f"{folder}/{prefix}{len(signals)}.wav", always_2d=True)[0])
    return np.stack(signals)


def score(tool, folder, form, window, hop):
    """Figures by metric, [source][window], and the seconds that scoring took, without reading the files."""
    warnings.simplefilter("ignore")
    references, estimates = read(folder, "ref_"), read(folder, "est_")
    start = time.perf_counter()
    if tool == "museval":
        import museval.metrics

        sdr, isr, sir, sar, _ = museval.metrics.bss_eval(
            references,
            estimates,
            window=window or np.inf,
            hop=hop or np.inf,
            framewise_filters=form != "v4",
            bsseval_sources_version=form == "v3-sources",
        )
    elif form == "v3-images":
        import mir_eval.separation

        sdr, isr, sir, sar, _ = mir_eval.separation.bss_eval_images_framewise(references, estimates, window, hop)
    elif tool == "mir_eval":
        import mir_eval.separation

        sdr, sir, sar, _ = mir_eval.separation.bss_eval_sources(
            references[:, :, 0], estimates[:, :, 0], compute_permutation=False
        )
        isr = np.full_like(sdr, np.nan)
    else:
        import fast_bss_eval

        np.linalg.solve = solve_as_numpy_1_did(np.linalg.solve)
        sdr, sir, sar = fast_bss_eval.bss_eval_sources(
            references[:, :, 0], estimates[:, :, 0], compute_permutation=False
        )
        isr = np.full_like(sdr, np.nan)
    seconds = time.perf_counter() - start
    figures = {name: np.reshape(x, (len(references), -1)).tolist() for name, x in zip(METRICS, (sdr, isr, sir, sar))}
    return {"seconds": [seconds], **figures}


def solve_as_numpy_1_did(solve):
    """fast_bss_eval counts on numpy 1, which took a right-hand side of one dimension less for a stack of vectors."""

    def solve_stacks(a, b):
        return solve(a, b[..., None])[..., 0] if b.ndim == a.ndim - 1 else solve(a, b)

    return solve_stacks


def run(command):
    """The JSON that a process prints, with its wall time and peak memory."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[0]} failed with status {status}")
    result = json.loads(output.strip().splitlines()[-1])
    result["process_seconds"] = time.perf_counter() - start
    result["processor_seconds"] = usage.ru_utime + usage.ru_stime
    result["megabytes"] = usage.ru_maxrss / 1024
    return result


def java(folder, form, window, hop):
    binary = os.path.join(os.environ["JAVA_HOME"], "bin", "java")
    classes = os.pathsep.join([f"{HERE}/target/classes", f"{HERE}/target/lib/*"])
    options = ["-Xmx320m", "-XX:+UseParallelGC"]
    arguments = [folder, form, str(window), str(hop), "1"]
    return run([binary, *options, "-cp", classes, "io.stemline.bench.ScoreFiles", *arguments])


def difference(ours, theirs, metric):
    """The largest difference; NaN and infinity agree with themselves only."""
    largest = -math.inf
    for a, b in zip(np.ravel(ours[metric]), np.ravel(theirs[metric]), strict=True):
        if math.isfinite(a) and math.isfinite(b):
            largest = max(largest, abs(a - b))
        elif not (a == b or math.isnan(a) and math.isnan(b)):
            largest = math.inf
    return "-" if largest < 0 else f"{largest:.1e}"


def compare(name):
    sources, channels, seconds, form, window, hop, tools = CASES[name]
    with tempfile.TemporaryDirectory(dir=f"{HERE}/target") as folder:
        # In a process of its own: the peak memory of this one would count as that of the processes it starts.
        arguments = ["--synthesise", folder, str(sources), str(channels), str(seconds)]
        subprocess.run([sys.executable, __file__, *arguments], check=True)
        ours = java(folder, form, window, hop)
        print(f"\n{name}: {sources} sources, {channels} channels, {seconds} s, {form}")
        print(f"{'tool':14}{'scoring':>10}{'process':>10}{'processor':>11}{'memory':>9}{'ratio':>8}   difference in dB")
        print(row("stemline", ours))
        for tool in tools:
            theirs = run([sys.executable, __file__, "--score", tool, folder, form, str(window), str(hop)])
            ratio = theirs["seconds"][0] / ours["seconds"][0]
            differences = "  ".join(f"{metric} {difference(ours, theirs, metric)}" for metric in METRICS)
            print(f"{row(tool, theirs)}{ratio:7.1f}x   {differences}", flush=True)


def row(tool, result):
    """Seconds of scoring alone, of the whole process, of all processors together, and peak memory."""
    return (
        f"{tool:14}{result['seconds'][0]:9.2f}s{result['process_seconds']:9.2f}s"
        f"{result['processor_seconds']:10.2f}s{result['megabytes']:7.0f}MB"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--score"]:
        print(json.dumps(score(sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]), int(sys.argv[6]))))
    elif sys.argv[1:2] == ["--synthesise"]:
        synthesise(sys.argv[2], *map(int, sys.argv[3:]))
    else:
        for case in sys.argv[1:] or ["v4-30", "v3-images", "sources"]:
            compare(case)
