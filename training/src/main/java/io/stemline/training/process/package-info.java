/** Training in a process of its own, which another one starts, listens to and stops: a GPU's memory comes back only when a process ends. */
package io.stemline.training.process;
