{{- define "bilan.etiquettes" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
{{- define "bilan.image" -}}
{{ .Values.image.depot }}:{{ .Values.image.version | default .Chart.AppVersion }}
{{- end }}
{{- define "bilan.nom" -}}
{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- define "bilan.reglages" -}}
- {name: BILAN_PRODUCTION, value: "oui"}
- {name: BILAN_SECRET_FICHIER, value: /secret/secret}
- name: BILAN_POSTGRES
  valueFrom: {secretKeyRef: {name: {{ .Values.secret }}, key: postgres}}
- name: BILAN_REDIS
  valueFrom: {secretKeyRef: {name: {{ .Values.secret }}, key: redis}}
- name: BILAN_RABBITMQ
  valueFrom: {secretKeyRef: {name: {{ .Values.secret }}, key: rabbitmq}}
- {name: BILAN_INACTIVITE_MINUTES, value: {{ .Values.inactiviteMinutes | quote }}}
- {name: BILAN_PLAFOND_HEURES, value: {{ .Values.plafondHeures | quote }}}
- {name: BILAN_WIDGET_ORIGINES, value: {{ .Values.origine | quote }}}
- {name: BILAN_WIDGET_MANDATAIRES, value: "1"}
- {name: BILAN_SURVEILLANCE, value: {{ .Values.surveillance | quote }}}
{{- if gt (int .Values.actions.repliques) 0 }}
- {name: BILAN_URL_ACTIONS, value: "http://{{ include "bilan.nom" . }}-actions:5055"}
{{- end }}
{{- end }}
{{- define "bilan.securite" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}
{{- define "bilan.pod" -}}
automountServiceAccountToken: false
terminationGracePeriodSeconds: 40
securityContext: {runAsNonRoot: true, runAsUser: 10001, fsGroup: 10001, seccompProfile: {type: RuntimeDefault}}
volumes:
- name: secret
  secret: {secretName: {{ .Values.secret }}, items: [{key: secret, path: secret}], defaultMode: 288}
- {name: tmp, emptyDir: {medium: Memory, sizeLimit: 64Mi}}
{{- end }}
