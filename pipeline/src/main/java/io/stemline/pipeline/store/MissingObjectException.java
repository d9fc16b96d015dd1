package io.stemline.pipeline.store;

/** There is no object under this key. */
public final class MissingObjectException extends StoreException {

    private static final long serialVersionUID = 1L;

    /**
     * @param store what the store is called
     */
    public MissingObjectException(String key, String store) {
        super(key + ": there is no such object in " + store);
    }
}
