"""CloudFront before everything: pages from a private bucket, /api/* from the balancer."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from aws_cdk import Duration, RemovalPolicy, SecretValue, Stack
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_route53 as route53
from aws_cdk import aws_route53_targets as targets
from aws_cdk import aws_s3 as s3
from constructs import Construct

from config import Site
from stacks.acknowledging import accept, accept_notice
from stacks.balancer import ORIGIN_HEADER, hosted_zone
from stacks.data import ORIGIN_SECRET
from stacks.firewall import firewall

_CSP: Final = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'; img-src 'self' data:"
)
# Where a card is typed, the payment provider's script and frames are let in, and nowhere else.
_STRIPE_CSP: Final = (
    f"{_CSP}; script-src 'self' https://js.stripe.com; connect-src 'self' https://api.stripe.com; "
    "frame-src https://js.stripe.com https://hooks.stripe.com"
)
# With and without the slash at the end: the same page answers to both.
_CHECKOUTS: Final = ("/checkout*", "/de/checkout*")
# A folder's page is its index.html: S3 by itself knows no folders.
_FOLDERS: Final = """function handler(event) {
  var request = event.request;
  var last = request.uri.split('/').pop();
  if (last === '') { request.uri += 'index.html'; }
  else if (last.indexOf('.') === -1) { request.uri += '/index.html'; }
  return request;
}"""
Page = Callable[..., cloudfront.BehaviorOptions]
_CATALOGUE: Final = ("/api/v1/watches", "/api/v1/watches/*", "/api/v1/brands")


class EdgeStack(Stack):
    def __init__(self, scope: Construct, id_: str, *, site: Site, **options: Any) -> None:
        super().__init__(scope, id_, **options)
        self._site = site
        self._logs = self._log_bucket()
        pages = self._bucket("Pages", site.pages_bucket)
        self._bucket("Releases", site.releases_bucket)
        zone = hosted_zone(self, site)
        self.distribution = self._distribution(pages, self._certificate(zone))
        for kind in (route53.ARecord, route53.AaaaRecord):
            kind(
                self,
                kind.__name__,
                zone=zone,
                target=route53.RecordTarget.from_alias(targets.CloudFrontTarget(self.distribution)),
            )

    def _certificate(self, zone: route53.IHostedZone) -> acm.Certificate:
        return acm.Certificate(
            self,
            "Certificate",
            domain_name=self._site.domain,
            validation=acm.CertificateValidation.from_dns(zone),
        )

    def _log_bucket(self) -> s3.Bucket:
        bucket = s3.Bucket(
            self,
            "Logs",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            object_ownership=s3.ObjectOwnership.OBJECT_WRITER,
            removal_policy=RemovalPolicy.RETAIN,
            lifecycle_rules=[s3.LifecycleRule(expiration=Duration.days(90))],
        )
        accept(bucket, "S1", "This is the log bucket; logging it to itself loops.")
        return bucket

    def _bucket(self, name: str, bucket_name: str) -> s3.Bucket:
        """Private, with old versions kept for a month: a bad publication can be undone."""
        return s3.Bucket(
            self,
            name,
            bucket_name=bucket_name,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            versioned=True,
            removal_policy=RemovalPolicy.RETAIN,
            server_access_logs_bucket=self._logs,
            server_access_logs_prefix=f"{name.lower()}/",
            lifecycle_rules=[s3.LifecycleRule(noncurrent_version_expiration=Duration.days(30))],
        )

    def _response_headers(self, name: str, csp: str) -> cloudfront.ResponseHeadersPolicy:
        """Pages only: the API sends its own, which a policy here would overwrite."""
        headers = cloudfront
        return headers.ResponseHeadersPolicy(
            self,
            name,
            security_headers_behavior=headers.ResponseSecurityHeadersBehavior(
                strict_transport_security=headers.ResponseHeadersStrictTransportSecurity(
                    access_control_max_age=Duration.days(730),
                    include_subdomains=True,
                    override=True,
                ),
                content_security_policy=headers.ResponseHeadersContentSecurityPolicy(
                    content_security_policy=csp, override=True
                ),
                content_type_options=headers.ResponseHeadersContentTypeOptions(override=True),
                frame_options=headers.ResponseHeadersFrameOptions(
                    frame_option=headers.HeadersFrameOption.DENY, override=True
                ),
                referrer_policy=headers.ResponseHeadersReferrerPolicy(
                    referrer_policy=headers.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
                    override=True,
                ),
            ),
        )

    def _distribution(
        self, pages: s3.Bucket, certificate: acm.Certificate
    ) -> cloudfront.Distribution:
        page = self._page(pages)
        distribution = cloudfront.Distribution(
            self,
            "Distribution",
            comment="watchstore",
            domain_names=[self._site.domain],
            certificate=certificate,
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            default_root_object="index.html",
            default_behavior=page(
                response_headers_policy=self._response_headers("PageHeaders", _CSP)
            ),
            additional_behaviors={**self._api(), **self._checkouts(page)},
            web_acl_id=firewall(self).attr_arn,
            enable_logging=True,
            log_bucket=self._logs,
            log_file_prefix="cloudfront/",
        )
        accept(distribution, "CFR1", "The shop sells everywhere; no country is shut out.")
        accept_notice(
            distribution,
            "Annotation::@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk",
            "Without the right to list, S3 answers 403 for a page that isn't there, not 404; "
            "a listing is out of reach, since / is rewritten to /index.html.",
        )
        return distribution

    def _checkouts(self, page: Page) -> dict[str, cloudfront.BehaviorOptions]:
        if not self._site.stripe:
            return {}
        headers = self._response_headers("CheckoutHeaders", _STRIPE_CSP)
        return dict.fromkeys(_CHECKOUTS, page(response_headers_policy=headers))

    def _page(self, bucket: s3.Bucket) -> Page:
        """How pages are answered, but for their headers."""
        folders = cloudfront.Function(
            self,
            "Folders",
            code=cloudfront.FunctionCode.from_inline(_FOLDERS),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        )
        levels = [cloudfront.AccessLevel.READ, cloudfront.AccessLevel.LIST]
        return partial(
            cloudfront.BehaviorOptions,
            origin=origins.S3BucketOrigin.with_origin_access_control(
                bucket, origin_access_levels=levels
            ),
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_GET_HEAD,
            cache_policy=self._cached("PagesCache", default=60, longest=365 * 86400, queries=False),
            compress=True,
            function_associations=[
                cloudfront.FunctionAssociation(
                    function=folders, event_type=cloudfront.FunctionEventType.VIEWER_REQUEST
                )
            ],
        )

    def _api(self) -> dict[str, cloudfront.BehaviorOptions]:
        """Catalogue answers may be shared, as long as they say; all else passes through."""
        secret = SecretValue.secrets_manager(ORIGIN_SECRET).unsafe_unwrap()
        origin = origins.HttpOrigin(
            self._site.origin,
            protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
            origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
            custom_headers={ORIGIN_HEADER: secret},
            read_timeout=Duration.seconds(30),
        )
        shared = cloudfront.BehaviorOptions(
            origin=origin,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_GET_HEAD,
            cache_policy=self._cached("CatalogueCache", default=0, longest=60, queries=True),
        )
        personal = cloudfront.BehaviorOptions(
            origin=origin,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            origin_request_policy=(cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER),
        )
        return {**dict.fromkeys(_CATALOGUE, shared), "/api/*": personal}

    def _cached(
        self, name: str, *, default: int, longest: int, queries: bool
    ) -> cloudfront.CachePolicy:
        """Cookies are no part of the key and aren't passed on: all get the same."""
        every = cloudfront.CacheQueryStringBehavior
        return cloudfront.CachePolicy(
            self,
            name,
            default_ttl=Duration.seconds(default),
            min_ttl=Duration.seconds(0),
            max_ttl=Duration.seconds(longest),
            query_string_behavior=every.all() if queries else every.none(),
            enable_accept_encoding_brotli=True,
            enable_accept_encoding_gzip=True,
        )
