package io.stemline.separation.tensorflow;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Where networks run.
 *
 * @param gpu index of the graphics processor; empty for the processor
 */
public record DeviceName(OptionalInt gpu) {

    private static final Pattern GPU = Pattern.compile("gpu:(\\d{1,4})");

    /** The processor. */
    public static final DeviceName CPU = new DeviceName(OptionalInt.empty());

    /**
     * Reads {@code cpu} or {@code gpu:0}.
     *
     * @throws DeviceException if it is neither
     */
    public static DeviceName of(String name) {
        if (name.equals("cpu")) {
            return CPU;
        }
        var matcher = GPU.matcher(name);
        if (!matcher.matches()) {
            throw new DeviceException("no device '" + name + "'; a device is named cpu, gpu:0, gpu:1 and so on");
        }
        return new DeviceName(OptionalInt.of(Integer.parseInt(matcher.group(1))));
    }

    @Override
    public String toString() {
        return gpu.isPresent() ? "gpu:" + gpu.getAsInt() : "cpu";
    }
}
