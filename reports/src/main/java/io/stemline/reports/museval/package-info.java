/** museval's files: a folder for each method, in it a JSON file for each track. */
package io.stemline.reports.museval;
