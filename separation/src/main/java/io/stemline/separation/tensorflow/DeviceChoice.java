package io.stemline.separation.tensorflow;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Devices in the order in which they are wished for: the first that is there is taken. So the processor takes over from a GPU
 * only where it is named, as in {@code gpu:0,cpu}.
 *
 * @param wishes at least one device
 */
public record DeviceChoice(List<DeviceName> wishes) {

    public DeviceChoice {
        wishes = List.copyOf(wishes);
        if (wishes.isEmpty()) {
            throw new IllegalArgumentException("a choice of devices has at least one");
        }
    }

    /**
     * Reads {@code cpu}, {@code gpu:0} or {@code gpu:0,gpu:1,cpu}.
     *
     * @throws DeviceException if one of them is no device's name
     */
    public static DeviceChoice of(String names) {
        return new DeviceChoice(Arrays.stream(names.split(",", -1))
                .map(name -> DeviceName.of(name.strip()))
                .toList());
    }

    @Override
    public String toString() {
        return wishes.stream().map(DeviceName::toString).collect(Collectors.joining(","));
    }
}
