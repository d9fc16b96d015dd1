"""Separates a file with networks of other tools, random weights, each in a process of its own. Started by bench/separation-peers."""

import json
import resource
import subprocess
import sys
import tempfile
import time

RATE = 44100


def open_unmix():
    """umxhq's four networks and its filter, as openunmix.separate runs them."""
    import openunmix
    from openunmix import model

    targets = {
        stem: model.OpenUnmix(nb_bins=2049, nb_channels=2, hidden_size=512, max_bin=1487)
        for stem in ("vocals", "drums", "bass", "other")
    }
    separator = model.Separator(target_models=targets, niter=1, residual=False, n_fft=4096, n_hop=1024, nb_channels=2)
    separator.eval()
    return lambda mixture: separator(mixture[None])[0]


def demucs():
    """Hybrid Transformer Demucs in the sizes of htdemucs, in overlapping segments as demucs.apply runs it."""
    from demucs.apply import apply_model
    from demucs.htdemucs import HTDemucs

    network = HTDemucs(sources=["drums", "bass", "other", "vocals"], bottom_channels=512, t_layers=5)
    network.eval()
    return lambda mixture: apply_model(network, mixture[None], split=True, overlap=0.25, shifts=0)[0]


TOOLS = {"Open-Unmix umxhq": open_unmix, "Hybrid Transformer Demucs": demucs}


def measure(tool, path):
    import soundfile
    import torch

    begun = time.time()
    with torch.no_grad():
        separate = TOOLS[tool]()
        ready = time.time()
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
        assert rate == RATE and samples.shape[1] == 2, "give a stereo file at 44.1 kHz"
        stems = separate(torch.from_numpy(samples.T.copy()))
        with tempfile.TemporaryDirectory() as folder:
            for index, stem in enumerate(stems):
                soundfile.write(f"{folder}/{index}.wav", stem.numpy().T, RATE, subtype="FLOAT")
        done = time.time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"start": ready - begun, "music": len(samples) / RATE, "time": done - ready, "peak": peak}))


def main():
    if len(sys.argv) == 3:
        measure(sys.argv[2], sys.argv[1])
        return
    print(f"{'':28}{'start':>8}{'music':>8}{'time':>9}{'speed':>8}{'peak memory':>14}")
    for tool in TOOLS:
        child = subprocess.run([sys.executable, __file__, sys.argv[1], tool], capture_output=True, text=True)
        if child.returncode:
            print(f"{tool:28}failed: {child.stderr.strip().splitlines()[-1]}")
            continue
        found = json.loads(child.stdout.strip().splitlines()[-1])
        speed = found["music"] / found["time"]
        print(
            f"{tool:28}{found['start']:7.1f}s{found['music']:7.0f}s{found['time']:8.1f}s{speed:7.1f}x"
            f"{found['peak'] / 1e6:11.0f} MB"
        )


main()
