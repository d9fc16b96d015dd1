/** Files fetched over the network, whole and with the expected contents or not at all. */
package io.stemline.modelimport.download;
