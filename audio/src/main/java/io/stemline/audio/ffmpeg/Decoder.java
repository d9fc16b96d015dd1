package io.stemline.audio.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_NONE;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSource;
import io.stemline.audio.NotAudioException;
import io.stemline.audio.ReadOptions;
import io.stemline.audio.UnsupportedAudioException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * Reads one audio stream of a file, in these steps:
 *
 * <ol>
 *   <li>a packet is taken from the file; what cannot be taken is skipped and counted;
 *   <li>it is decoded; what cannot be decoded is skipped and counted;
 *   <li>the samples become planar floats; numbers that are not finite become silence and are counted;
 *   <li>if the stream changes its rate or channels on the way, or others were asked for, the samples are converted.
 * </ol>
 *
 * <p>The first frames are decoded when the file is opened: only then are rate and channels certain (HE-AAC plays at
 * twice the rate that its header states), and only then is it certain that this is audio at all.
 */
final class Decoder implements AudioSource {

    /** How much shorter than stated a lossy stream may be without having been cut: the padding of its last packets. */
    private static final long LOSSY_TOLERANCE_FRAMES = 4096;

    /** How far back a lossy decoder needs to begin so that it sounds as if it had begun at the start. */
    private static final long REMEMBERED_FRAMES = 16_384;

    private final Demuxer demuxer;
    private final FrameDecoder packets;
    private StreamFormat nativeFormat;
    private StreamFormat current;
    private AudioFormat format;
    private SampleConverter toFloat;
    private FormatConverter toTarget;
    private FrameQueue decoded;
    private FrameQueue ready;
    private long decodedFrames;
    private long firstTime = AV_NOPTS_VALUE;
    private long nonFiniteSamples;
    private boolean ended;
    private boolean closed;

    private Decoder(Demuxer demuxer, FrameDecoder packets) {
        this.demuxer = demuxer;
        this.packets = packets;
    }

    static Decoder open(Path file, ReadOptions options) {
        Demuxer demuxer = Demuxer.open(file, options.stream(), options.limits());
        try {
            Decoder decoder = new Decoder(demuxer, new FrameDecoder(demuxer));
            try {
                decoder.start(options);
                return decoder;
            } catch (Throwable e) {
                decoder.freeConverters();
                decoder.packets.close();
                throw e;
            }
        } catch (Throwable e) {
            demuxer.close();
            throw e;
        }
    }

    private void start(ReadOptions options) {
        boolean sounds = packets.next();
        if (!sounds && !isValidWithoutFrames()) {
            String reason = packets.lastReason().isEmpty() ? "no frame of sound in it" : packets.lastReason();
            throw new NotAudioException(demuxer.file(), "not audio that can be decoded (" + reason + ")");
        }
        nativeFormat = sounds ? StreamFormat.of(packets.frame()) : StreamFormat.of(packets.codec());
        limits().requireFormat(nativeFormat);
        format = new AudioFormat(
                options.sampleRateHz().orElse(nativeFormat.sampleRateHz()),
                options.channels().orElse(nativeFormat.channels()));
        ready = new FrameQueue(format.channels());
        convertFrom(nativeFormat);
        if (sounds) {
            firstTime = packets.frame().pts();
            accept(packets.frame());
        } else {
            ended = true;
        }
    }

    /**
     * Goes on at a frame without decoding those before it.
     *
     * @return false if the file does not say exactly where that is; then this decoder is good for nothing any more
     */
    boolean goTo(long frame) {
        AVRational timeBase = demuxer.stream().time_base();
        long ticksPerSecond = timeBase.num() == 0 ? 0 : timeBase.den() / timeBase.num();
        int rateHz = nativeFormat.sampleRateHz();
        if (toTarget != null || firstTime == AV_NOPTS_VALUE || ticksPerSecond == 0 || ticksPerSecond % rateHz != 0) {
            return false;
        }
        long ticksPerFrame = ticksPerSecond / rateHz;
        long begin = CodecTraits.lossless(packets.codec()) ? frame : frame - REMEMBERED_FRAMES;
        // So near the start, the padding there would have to be found as well: decoding from the start is as quick.
        if (begin < 0 || !demuxer.goTo(firstTime + begin * ticksPerFrame)) {
            return false;
        }
        packets.flush();
        ready.clear();
        nonFiniteSamples = 0;
        ended = false;
        while (packets.next()) {
            AVFrame found = packets.frame();
            long place = (found.pts() - firstTime) / ticksPerFrame;
            if (found.pts() == AV_NOPTS_VALUE || !current.matches(found) || place > frame) {
                return false;
            }
            if (place + found.nb_samples() > frame) {
                decodedFrames = place;
                accept(found);
                ready.drop(Math.toIntExact(frame - place));
                return true;
            }
        }
        decodedFrames = frame;
        ended = true;
        return true;
    }

    private boolean isValidWithoutFrames() {
        return CodecTraits.lossless(packets.codec())
                && packets.codec().sample_rate() > 0
                && packets.codec().ch_layout().nb_channels() > 0
                && packets.codec().sample_fmt() != AV_SAMPLE_FMT_NONE
                && packets.undecodablePackets() == 0
                && demuxer.brokenPackets() == 0;
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    /** How the stream is stored, before any conversion. */
    StreamFormat nativeFormat() {
        return nativeFormat;
    }

    Demuxer demuxer() {
        return demuxer;
    }

    Limits limits() {
        return demuxer.limits();
    }

    FrameDecoder packets() {
        return packets;
    }

    @Override
    public int read(float[][] block, int offset, int frames) {
        if (frames < 1) {
            throw new IllegalArgumentException("At least one frame must be asked for, not " + frames);
        }
        int read = 0;
        while (read < frames && decodeIfNeeded()) {
            read += ready.take(block, offset + read, frames - read);
        }
        return read == 0 ? -1 : read;
    }

    /** Decodes what is left and returns how many frames that were. */
    long countToEnd() {
        long counted = 0;
        while (decodeIfNeeded()) {
            counted += ready.clear();
        }
        return counted;
    }

    /** Makes sure that frames are ready, unless the stream has ended. */
    private boolean decodeIfNeeded() {
        if (closed) {
            throw new IllegalStateException(demuxer.file() + " is closed");
        }
        while (ready.frames() == 0 && !ended) {
            if (packets.next()) {
                accept(packets.frame());
            } else {
                ended = true;
                finishConversion();
            }
        }
        return ready.frames() > 0;
    }

    private void accept(AVFrame frame) {
        if (!current.matches(frame)) {
            finishConversion();
            convertFrom(StreamFormat.of(frame));
        }
        int frames = frame.nb_samples();
        decodedFrames += (long) frames * nativeFormat.sampleRateHz() / current.sampleRateHz();
        limits().requireLength(decodedFrames, nativeFormat.sampleRateHz());
        FrameQueue arrived = toTarget == null ? ready : decoded;
        if (toFloat == null) {
            arrived.append(frame::extended_data, frames);
        } else {
            toFloat.convert(frame.extended_data(), frames, arrived);
        }
        if (current.floatingPoint()) {
            nonFiniteSamples += arrived.silenceNonFinite();
        }
        if (toTarget != null) {
            decoded.moveTo((block, offset, count) -> toTarget.processTo(ready, block, offset, count));
        }
    }

    private void convertFrom(StreamFormat source) {
        limits().requireFormat(source);
        freeConverters();
        current = source;
        try {
            if (source.sampleFormat() != AV_SAMPLE_FMT_FLTP) {
                toFloat = SampleConverter.toFloat(source.layout(), source.sampleRateHz(), source.sampleFormat());
            }
            if (source.sampleRateHz() != format.sampleRateHz() || source.channels() != format.channels()) {
                toTarget = new FormatConverter(source.layout(), source.sampleRateHz(), format);
                decoded = new FrameQueue(source.channels());
            }
        } catch (IllegalArgumentException e) {
            throw new UnsupportedAudioException(
                    demuxer.file(),
                    "%d channels (%s) at %d Hz cannot be made %d channels at %d Hz (%s)"
                            .formatted(
                                    source.channels(),
                                    source.layoutName(),
                                    source.sampleRateHz(),
                                    format.channels(),
                                    format.sampleRateHz(),
                                    e.getMessage()),
                    e);
        }
    }

    private void finishConversion() {
        if (toTarget != null) {
            toTarget.finishTo(ready);
        }
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        int broken = demuxer.brokenPackets() + packets.undecodablePackets();
        if (broken > 0) {
            String reason = packets.lastReason().isEmpty() ? "" : " (" + packets.lastReason() + ")";
            warnings.add(broken + " broken packets were skipped" + reason);
        }
        if (ended) {
            cutWarning(decodedFrames).ifPresent(warnings::add);
        }
        if (nonFiniteSamples > 0) {
            warnings.add(nonFiniteSamples + " samples that are not finite numbers were replaced by silence");
        }
        return warnings;
    }

    @Override
    public long nonFiniteSamples() {
        return nonFiniteSamples;
    }

    /** What to say if the stream has so many frames, and its container states more. */
    Optional<String> cutWarning(long lengthFrames) {
        long tolerance = CodecTraits.lossless(packets.codec()) ? 0 : LOSSY_TOLERANCE_FRAMES;
        OptionalLong stated = demuxer.statedLengthFrames(nativeFormat.sampleRateHz());
        if (stated.isEmpty() || stated.getAsLong() <= lengthFrames + tolerance) {
            return Optional.empty();
        }
        return Optional.of("the file was cut: its header states %d frames, there are %d"
                .formatted(stated.getAsLong(), lengthFrames));
    }

    private void freeConverters() {
        if (toFloat != null) {
            toFloat.close();
            toFloat = null;
        }
        if (toTarget != null) {
            toTarget.close();
            toTarget = null;
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        freeConverters();
        packets.close();
        demuxer.close();
    }
}
