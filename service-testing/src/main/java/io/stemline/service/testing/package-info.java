/** Real backends for the tests of the services: a broker, a database with the tables in place, an object store. */
package io.stemline.service.testing;
