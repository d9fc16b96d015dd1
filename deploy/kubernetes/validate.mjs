// Writes a TypeScript program that states every resource below a folder as an object of its published type, which the
// compiler refuses where a field is not one of the type's, and has its schema look at the values.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as yaml from "js-yaml";

const PACKAGES = {
  "kafka.strimzi.io": "@kubernetes-models/strimzi-kafka-operator",
  "postgresql.cnpg.io": "@kubernetes-models/cloudnative-pg",
  "keda.sh": "@kubernetes-models/keda",
  "monitoring.coreos.com": "@kubernetes-models/prometheus-operator",
};

function moduleOf(apiVersion) {
  return `${PACKAGES[apiVersion.split("/")[0]] ?? "kubernetes-models"}/${apiVersion}`;
}

const root = process.argv[2];
const files = readdirSync(root, { recursive: true }).filter((file) => file.endsWith(".yaml")).sort();
let count = 0;
for (const file of files) {
  for (const resource of yaml.loadAll(readFileSync(join(root, file), "utf8"))) {
    // Patches and Kustomize's own files are no resources of a cluster.
    if (!resource?.metadata || resource.kind === "Kustomization") continue;
    count++;
    console.log(`import { ${resource.kind} as C${count}, type I${resource.kind} as T${count} } from "${moduleOf(resource.apiVersion)}";`);
    console.log(`const resource${count}: T${count} = ${JSON.stringify(resource, null, 2)};`);
    console.log(`new C${count}(resource${count}).validate();`);
    console.log(`console.log(${JSON.stringify(`${file}: ${resource.kind} ${resource.metadata.name} is valid`)});`);
  }
}
