import { runCluster } from './cluster.ts';

runCluster();
