/** What people see: tables, progress, durations, in colour where somebody looks. */
package io.stemline.cli.terminal;
