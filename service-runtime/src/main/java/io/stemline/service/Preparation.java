package io.stemline.service;

/**
 * What a service has to do when the tables and topics are there, and before its queues start. A service produces a bean of this type
 * if it has something to prepare.
 */
@FunctionalInterface
public interface Preparation {

    /** Returns when the queues may start; whatever is thrown ends the service. */
    void prepare() throws InterruptedException;
}
