import { GatewayVpcEndpointAwsService, IpAddresses, Peer, Port, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

/** The port the server listens on, inside the network alone. */
export const serverPort = 1337;

/** Where the load balancer's own addresses lie: the server believes what it says of its callers, and nobody else. */
const publicRange = { cidr: '10.37.0.0/16', mask: 24 };

export interface Network {
  readonly vpc: Vpc;
  readonly groups: Readonly<Record<'balancer' | 'server' | 'database' | 'valkey', SecurityGroup>>;
}

/**
 * Two zones of three kinds of subnets: the balancer's, the servers' (out, never in) and the data's (neither). Who may speak to whom is
 * said by security groups that name each other: the world → balancer → server → database, Valkey.
 */
export function createNetwork(scope: Construct): Network {
  const vpc = new Vpc(scope, 'Network', {
    ipAddresses: IpAddresses.cidr(publicRange.cidr),
    maxAzs: 2,
    natGateways: 2, // one a zone: with one, the other zone would lose mail and push messages with it
    subnetConfiguration: [
      { name: 'balancer', subnetType: SubnetType.PUBLIC, cidrMask: publicRange.mask, mapPublicIpOnLaunch: false },
      { name: 'server', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 22 },
      { name: 'data', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
    ],
    gatewayEndpoints: { files: { service: GatewayVpcEndpointAwsService.S3 } }, // files do not pay for the way through NAT
  });
  const group = (name: string, description: string, allowAllOutbound: boolean) =>
    new SecurityGroup(scope, `${name}Group`, { vpc, description, allowAllOutbound });
  const groups = {
    balancer: group('Balancer', 'HTTPS from anywhere, and HTTP to be sent on to it', false),
    server: group('Server', 'The balancer alone comes in; mail, push services and linked pages are reached', true),
    database: group('Database', 'The servers alone', false),
    valkey: group('Valkey', 'The servers alone', false),
  };
  for (const port of [80, 443]) groups.balancer.addIngressRule(Peer.anyIpv4(), Port.tcp(port));
  groups.balancer.addEgressRule(groups.server, Port.tcp(serverPort));
  groups.server.addIngressRule(groups.balancer, Port.tcp(serverPort));
  groups.database.addIngressRule(groups.server, Port.tcp(3306));
  groups.valkey.addIngressRule(groups.server, Port.tcp(6379));
  return { vpc, groups };
}
