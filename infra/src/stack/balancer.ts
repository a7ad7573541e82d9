import { CfnOutput, Duration } from 'aws-cdk-lib';
import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  type ApplicationTargetGroup,
  ListenerAction,
  SslPolicy,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import { type Network, serverPort } from './network.ts';

/**
 * Seconds without a byte after which a connection is cut, towards browsers and towards servers. Sockets are pinged every 20 s and streams
 * beat every 15 s; the server keeps a proxy's idle connections for longer than this, so that it never closes one that is just being used.
 */
export const idleTimeout = 60;

export interface Balancer {
  readonly balancer: ApplicationLoadBalancer;
  readonly targets: ApplicationTargetGroup;
}

/** The one thing that is public: HTTPS, and HTTP only to be sent on to it. Nobody needs to come back to the same server. */
export function createBalancer(scope: Construct, { vpc, groups }: Network, service: FargateService, settings: Settings): Balancer {
  const balancer = new ApplicationLoadBalancer(scope, 'Balancer', {
    vpc,
    vpcSubnets: { subnetType: SubnetType.PUBLIC },
    internetFacing: true,
    securityGroup: groups.balancer,
    idleTimeout: Duration.seconds(idleTimeout),
    dropInvalidHeaderFields: true,
    deletionProtection: true,
  });
  balancer.addListener('Http', {
    port: 80,
    open: false,
    defaultAction: ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
  });
  const https = balancer.addListener('Https', {
    port: 443,
    open: false, // the security group says who may come
    protocol: ApplicationProtocol.HTTPS,
    sslPolicy: SslPolicy.TLS13_RES,
    certificates: [nameAndCertificate(scope, balancer, settings)],
  });
  const targets = https.addTargets('Servers', {
    targets: [service],
    port: serverPort,
    protocol: ApplicationProtocol.HTTP,
    // SIGTERM comes behind this: the server itself then tells everybody to come back, so there is nothing to wait for.
    deregistrationDelay: Duration.seconds(5),
    // A failover of the database takes up to two minutes: servers that wait for it are not ended meanwhile.
    healthCheck: {
      path: '/readyz',
      healthyHttpCodes: '200',
      interval: Duration.seconds(15),
      timeout: Duration.seconds(5),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 10,
    },
  });
  return { balancer, targets };
}

function nameAndCertificate(scope: Construct, balancer: ApplicationLoadBalancer, { domain, reached }: Settings): ICertificate {
  if ('certificateArn' in reached) {
    new CfnOutput(scope, 'PointTheNameTo', { value: balancer.loadBalancerDnsName, description: `Make ${domain} a CNAME of this` });
    return Certificate.fromCertificateArn(scope, 'Certificate', reached.certificateArn);
  }
  const zone = HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId: reached.zoneId, zoneName: reached.zoneName });
  new ARecord(scope, 'Name', { zone, recordName: `${domain}.`, target: RecordTarget.fromAlias(new LoadBalancerTarget(balancer)) });
  return new Certificate(scope, 'Certificate', { domainName: domain, validation: CertificateValidation.fromDns(zone) });
}
