package io.stemline.training.loss;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The quantities of one graph. Those given by a supplier are added to the graph when a loss asks for them first. */
public final class LossInputs {
    private final Map<Quantity, Supplier<Operand<TFloat32>>> suppliers;

    private LossInputs(Map<Quantity, Supplier<Operand<TFloat32>>> suppliers) {
        this.suppliers = suppliers;
    }

    public static LossInputs none() {
        return new LossInputs(new EnumMap<>(Quantity.class));
    }

    /** These and one more, which is in the graph already. */
    public LossInputs with(Quantity quantity, Operand<TFloat32> operand) {
        return withSupplier(quantity, () -> operand);
    }

    /** These and one more, which costs something: it is made once, and only if a loss needs it. */
    public LossInputs withLazy(Quantity quantity, Supplier<Operand<TFloat32>> supplier) {
        return withSupplier(quantity, new Once(supplier));
    }

    private LossInputs withSupplier(Quantity quantity, Supplier<Operand<TFloat32>> supplier) {
        Map<Quantity, Supplier<Operand<TFloat32>>> more = new EnumMap<>(suppliers);
        more.put(quantity, supplier);
        return new LossInputs(more);
    }

    /** What a loss may ask for. */
    public Set<Quantity> quantities() {
        return Collections.unmodifiableSet(suppliers.keySet());
    }

    /**
     * @throws IllegalArgumentException if the quantity is not there
     */
    public Operand<TFloat32> get(Quantity quantity) {
        Supplier<Operand<TFloat32>> supplier = suppliers.get(quantity);
        if (supplier == null) {
            throw new IllegalArgumentException("The loss needs " + quantity + ", which this network does not give");
        }
        return supplier.get();
    }

    private static final class Once implements Supplier<Operand<TFloat32>> {
        private final Supplier<Operand<TFloat32>> supplier;
        private Operand<TFloat32> made;

        Once(Supplier<Operand<TFloat32>> supplier) {
            this.supplier = supplier;
        }

        @Override
        public Operand<TFloat32> get() {
            if (made == null) {
                made = supplier.get();
            }
            return made;
        }
    }
}
